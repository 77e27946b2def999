namespace Tracera.Ingestion.Tests.Running;

public sealed class ReceiptClockTests
{
    [Fact]
    public void Next_AfterTheClockWasPutBack_GoesOnByTheTimeThatPassed()
    {
        var time = new TwoClocks();
        var clock = new ReceiptClock(time);
        clock.Begin();
        var first = clock.Next();

        time.Wall -= TimeSpan.FromDays(1);
        time.Pass(TimeSpan.FromSeconds(10));
        clock.Stale();
        var second = clock.Next();
        time.Pass(TimeSpan.FromSeconds(5));
        clock.Stale();

        Assert.Equal(10_000_000, second - first);
        Assert.Equal(15_000_000, clock.Next() - first);
    }

    [Fact]
    public void Next_OfAClockThatIsRight_IsTheClocks()
    {
        var time = new TwoClocks();
        var clock = new ReceiptClock(time);
        clock.Begin();
        _ = clock.Next();

        time.Wall += TimeSpan.FromHours(1);
        clock.Stale();

        Assert.Equal(UnixTime.ToMicroseconds(time.Wall), clock.Next());
    }

    /// <summary>The clock on the wall, and the one that only goes forward.</summary>
    private sealed class TwoClocks : TimeProvider
    {
        private long _ticks;

        public DateTimeOffset Wall { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override DateTimeOffset GetUtcNow() => Wall;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan span) => (_ticks, Wall) = (_ticks + span.Ticks, Wall + span);
    }
}
