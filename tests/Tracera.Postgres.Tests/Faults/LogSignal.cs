using Microsoft.Extensions.Logging;

namespace Tracera.Postgres.Tests;

/// <summary>Counts what is logged by event, and tells whoever waits for one.</summary>
internal sealed class LogSignal : ILoggerProvider, ILogger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _counts = [];
    private readonly List<(int Event, int Count, TaskCompletionSource Reached)> _waiting = [];

    public int Count(int eventId)
    {
        lock (_gate)
        {
            return _counts.GetValueOrDefault(eventId);
        }
    }

    /// <summary>Waits until an event was logged so many times.</summary>
    public Task WhenAsync(int eventId, int count, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((eventId, count, reached));
            Tell(eventId);
            return reached.Task.WaitAsync(cancellationToken);
        }
    }

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
        {
            _counts[eventId.Id] = _counts.GetValueOrDefault(eventId.Id) + 1;
            Tell(eventId.Id);
        }
    }

    public void Dispose()
    {
    }

    private void Tell(int eventId)
    {
        foreach (var (_, _, reached) in _waiting.Where(waiting => waiting.Event == eventId && _counts.GetValueOrDefault(eventId) >= waiting.Count))
        {
            reached.TrySetResult();
        }
    }
}
