using Microsoft.Extensions.Logging;

namespace Tracera.Volatility.Tests.Support;

/// <summary>Remembers the ids of the events that were logged.</summary>
internal sealed class TestLogger<T> : ILogger<T>
{
    private readonly List<int> _ids = [];

    public int Times(int id)
    {
        lock (_ids)
        {
            return _ids.Count(known => known == id);
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_ids)
        {
            _ids.Add(eventId.Id);
        }
    }
}
