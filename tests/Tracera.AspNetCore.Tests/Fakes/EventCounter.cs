using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tracera.AspNetCore.Tests;

/// <summary>Counts log events by their id.</summary>
internal sealed class EventCounter : ILoggerProvider, ILogger
{
    private readonly ConcurrentDictionary<int, int> _counts = [];

    public int this[int eventId] => _counts.GetValueOrDefault(eventId);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _counts.AddOrUpdate(eventId.Id, 1, (_, count) => count + 1);

    public void Dispose()
    {
    }
}
