using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogBook(LogLevel minimum = LogLevel.Trace) : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(int Id, LogLevel Level, string Text)> _lines = new();

    public IReadOnlyList<(int Id, LogLevel Level, string Text)> Lines => [.. _lines];

    public IEnumerable<(int Id, LogLevel Level, string Text)> Of(int id) => Lines.Where(line => line.Id == id);

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= minimum;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((eventId.Id, logLevel, formatter(state, exception)));

    public void Dispose()
    {
    }
}
