using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Timing;

public sealed class ExpiryTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Source_IsCancelledOnceTheSpanIsOver()
    {
        var from = _clock.GetTimestamp();
        _clock.Advance(0.25 * Second);
        using var source = Expiry.After(Second, from, _clock);

        _clock.Advance(0.7 * Second);
        Assert.False(source.IsCancellationRequested);
        _clock.Advance(0.05 * Second);
        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void Source_OfASpanThatIsOver_IsCancelledAtOnce()
    {
        var from = _clock.GetTimestamp();
        _clock.Advance(Second);

        using var source = Expiry.After(Second, from, _clock);

        Assert.True(source.IsCancellationRequested);
    }

    [Fact]
    public void Source_WhileWhoseTimerIsSetTheClockMoves_IsNotLate()
    {
        using var source = Expiry.After(Second, _clock.GetTimestamp(), new Moving(_clock, 0.3 * Second));

        _clock.Advance(0.7 * Second);

        Assert.True(source.IsCancellationRequested);
    }

    /// <summary>A clock that moves once, just before a timer is set.</summary>
    private sealed class Moving(ManualTimeProvider clock, TimeSpan by) : TimeProvider
    {
        private bool _hasMoved;

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            new Timer(this, clock.CreateTimer(callback, state, dueTime, period));

        private void Move()
        {
            if (!_hasMoved)
            {
                _hasMoved = true;
                clock.Advance(by);
            }
        }

        private sealed class Timer(Moving owner, ITimer inner) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                owner.Move();
                return inner.Change(dueTime, period);
            }

            public void Dispose() => inner.Dispose();

            public ValueTask DisposeAsync() => inner.DisposeAsync();
        }
    }
}
