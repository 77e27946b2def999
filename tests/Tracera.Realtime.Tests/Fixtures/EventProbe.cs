using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>Remembers which log events came.</summary>
public sealed class EventProbe : ILoggerProvider, ILogger
{
    private readonly ConcurrentDictionary<int, bool> _seen = [];

    public bool Saw(int eventId) => _seen.ContainsKey(eventId);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _seen[eventId.Id] = true;

    public void Dispose()
    {
    }
}
