using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Tests.Worker;

public sealed class PassScheduleTests
{
    [Fact]
    public void Rest_RightAfterTheStart_DoublesUpToTheInterval()
    {
        var schedule = new PassSchedule(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30));
        Assert.Equal([1, 2, 4, 8, 10, 10], Enumerable.Range(0, 6).Select(_ => schedule.RestAfter(true).TotalSeconds));
    }

    [Fact]
    public void Rest_AfterFailures_DoublesUpToItsLimitAndBeginsAnew()
    {
        var schedule = new PassSchedule(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal([1, 2, 4, 5, 5], Enumerable.Range(0, 5).Select(_ => schedule.RestAfter(false).TotalSeconds));
        Assert.Equal(1, schedule.RestAfter(true).TotalSeconds);
        Assert.Equal(1, schedule.RestAfter(false).TotalSeconds);
    }

    [Fact]
    public void Rest_IntervalBelowASecond_IsNeverLonger() =>
        Assert.Equal(TimeSpan.FromMilliseconds(200), new PassSchedule(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5)).RestAfter(true));
}
