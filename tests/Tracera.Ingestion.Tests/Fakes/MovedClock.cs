using Tracera.Testing;

namespace Tracera.Ingestion.Tests;

/// <summary>A manual clock whose time on the wall somebody has moved; timers and timestamps go on.</summary>
internal sealed class MovedClock(ManualTimeProvider inner) : TimeProvider
{
    public TimeSpan Moved { get; set; }

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow() + Moved;

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => inner.CreateTimer(callback, state, dueTime, period);
}
