using Tracera.Volatility.Tests.Support;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Tests.Worker;

public sealed class PassMarksTests
{
    [Fact]
    public void Since_BeforeTheFirstSuccess_IsUnknown() => Assert.Null(new PassMarks(TimeSpan.FromSeconds(10)).Since);

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    [InlineData(35)]
    public void Since_RegularPasses_LiesAtLeastOneLookbackBeforeTheLast(int lookback)
    {
        var marks = new PassMarks(TimeSpan.FromSeconds(lookback));
        for (var second = 0; second < 200; second += 7)
        {
            marks.Succeeded(At(second));
            Assert.InRange(marks.Since!.Value, At(second < lookback ? -lookback : second - lookback - 7), At(second - lookback));
        }
    }

    [Fact]
    public void Since_AfterAnOutage_ReachesBackBeforeItForOneLookback()
    {
        var marks = new PassMarks(TimeSpan.FromSeconds(10));
        marks.Succeeded(At(0));
        marks.Succeeded(At(3_600));
        Assert.Equal(At(0), marks.Since);
        marks.Succeeded(At(3_609));
        Assert.Equal(At(0), marks.Since);
        marks.Succeeded(At(3_610));
        Assert.Equal(At(3_600), marks.Since);
    }

    private static DateTimeOffset At(int second) => Some.Instant.AddSeconds(second);
}
