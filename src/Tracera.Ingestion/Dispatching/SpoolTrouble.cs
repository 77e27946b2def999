using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Whether one thing that a spool does fails: told when that begins and when it is over, and left alone in between for pauses that grow.</summary>
/// <remarks>Whoever has the spillway's turn says how it went; anybody may look.</remarks>
/// <param name="sink">The sink's name.</param>
/// <param name="done">What is done to the spool, as the log says it.</param>
/// <param name="options">How long the pauses are.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">The log.</param>
internal sealed class SpoolTrouble(string sink, string done, SinkOptions options, TimeProvider time, ILogger logger)
{
    private volatile Pause? _pause;

    /// <summary>Whether the last try failed.</summary>
    public bool IsOn => _pause is not null;

    /// <summary>How long it is still left alone; zero or less when it may be tried, null while it works.</summary>
    public TimeSpan? Rest => _pause is { } pause ? pause.Span - time.GetElapsedTime(pause.From) : null;

    /// <summary>Whether it is left alone now.</summary>
    public bool Rests => Rest > TimeSpan.Zero;

    public void Failed(Exception error)
    {
        var failures = (_pause?.Failures ?? 0) + 1;
        if (failures == 1)
        {
            SpoolLog.DiskFails(logger, error, sink, done);
        }

        var span = Backoff.After(failures, options.MinimumBackoff, options.MaximumBackoff, Random.Shared.NextDouble());
        _pause = new Pause(failures, time.GetTimestamp(), span);
    }

    public void Worked()
    {
        if (_pause is { } pause)
        {
            _pause = null;
            SpoolLog.DiskWorks(logger, sink, done, pause.Failures);
        }
    }

    private sealed record Pause(int Failures, long From, TimeSpan Span);
}
