using CustomSink;
using Microsoft.Extensions.Logging;

namespace Tracera.Samples.Tests.CustomSink;

/// <summary>Keeps what the sink logs.</summary>
internal sealed class AlertLog : ILogger<PriceAlertSink>
{
    public List<string> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add(formatter(state, exception));
}
