using Tracera.Volatility.Metrics.Cov;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Metrics.Trend;
using Tracera.Volatility.Moments;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Moments;

public sealed class BarCombinationTests
{
    private const double Tolerance = 1e-12;
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("100", "0.01")]
    [InlineData("100000", "0.0001")]
    [InlineData("1000000000", "0.001")]
    [InlineData("0.0000002", "0.000000001")]
    public void Combination_NoiseOnALevel_EqualsExactArithmetic(string level, string noise)
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            var random = new Random(seed);
            Check(Ticks(random, _ => Parse(level) + (Parse(noise) * Deviation(random))), $"{level} ± {noise}, seed {seed}");
        }
    }

    [Fact]
    public void Combination_StepFromVeryLargeToVerySmall_EqualsExactArithmetic()
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            var random = new Random(seed);
            var stepAt = random.Next(1, 400);
            Check(
                Ticks(random, i => i < stepAt ? 1_000_000_000m + (0.001m * Deviation(random)) : 0.001m + (0.0000001m * Deviation(random))),
                $"step at {stepAt}, seed {seed}");
        }
    }

    [Fact]
    public void Combination_OneOutlierAtTheFront_EqualsExactArithmetic()
    {
        var random = new Random(7);
        Check(Ticks(random, i => i == 0 ? 1_000_000_000m : 0.001m + (0.000001m * Deviation(random)), 100_000), "outlier");
    }

    [Fact]
    public void Combination_TicksMicrosecondsApartAcrossABorder_EqualsExactArithmetic()
    {
        var border = UnixTime.ToMicroseconds(Start + TimeSpan.FromDays(20));
        for (var seed = 1; seed <= 1_000; seed++)
        {
            var random = new Random(seed);
            var times = Enumerable.Range(0, 12).Select(_ => border + random.Next(-40, 10)).Append(border - 1).Append(border).Distinct().Order();
            Check([.. times.Select(time => Tick(1 + (0.01m * Deviation(random)), time))], $"border, seed {seed}", BarLevel.Hour6);
        }
    }

    [Fact]
    public void Combination_OfPartsInAnyGrouping_IsTheSame()
    {
        var random = new Random(3);
        var parts = Enumerable.Range(0, 64).Select(_ => Part(random)).ToArray();
        var sequential = parts.Aggregate(default(MomentPart), (all, part) => all.Combine(part));
        var level = parts;
        while (level.Length > 1)
        {
            level = [.. level.Chunk(2).Select(pair => pair[0].Combine(pair[1]))];
        }

        Close.Assert(sequential.M2.Value, level[0].M2.Value, Tolerance, "M2");
        Close.Assert(sequential.TimeM2.Value, level[0].TimeM2.Value, Tolerance, "TimeM2");
        Close.Assert(sequential.CoMoment.Value, level[0].CoMoment.Value, Tolerance, "CoMoment");
    }

    [Fact]
    public void Combination_PricesThatNeverMove_HasNoVarianceAtAll()
    {
        var random = new Random(5);
        var moments = BarCombination.Of(TickBars.Bars(BarLevel.Minute1, Ticks(random, _ => 0.1m)));
        Assert.Equal((0d, 0d), (moments.M2, moments.CoMoment));
    }

    [Fact]
    public void Combination_NoBar_IsEmpty() => Assert.Equal(default, BarCombination.Of([]));

    private static void Check(List<PriceTick> ticks, string what, BarLevel level = BarLevel.Minute1)
    {
        var actual = BarCombination.Of(TickBars.Bars(level, ticks));
        var exact = ExactMoments.Of(ticks);
        Assert.Equal(exact.Count, actual.Count);
        Close.Assert(exact.Mean, actual.Mean, Tolerance, what + " mean");
        Close.Assert(exact.TimeM2, actual.TimeM2, Tolerance, what + " time M2");
        Close.Assert(exact.CoMoment, actual.CoMoment, Tolerance, what + " co-moment");
        Close.Assert(StdDevFormula.Of(exact), StdDevFormula.Of(actual), Tolerance, what + " stddev");
        Close.Assert(CovFormula.Of(exact), CovFormula.Of(actual), Tolerance, what + " cov");
        Close.Assert(TrendFormula.Of(exact).Score, TrendFormula.Of(actual).Score, Tolerance, what + " trend");
        Close.Assert(TrendFormula.Of(exact).R2, TrendFormula.Of(actual).R2, Tolerance, what + " r2");
    }

    private static List<PriceTick> Ticks(Random random, Func<int, decimal> price, int count = 400)
    {
        var (ticks, time) = (new List<PriceTick>(), UnixTime.ToMicroseconds(Start));
        for (var i = 0; i < count; i++)
        {
            time += random.NextInt64(1, 18_000_000);
            ticks.Add(Tick(price(i), time));
        }

        return ticks;
    }

    private static decimal Deviation(Random random) => (decimal)Math.Round((random.NextDouble() * 2) - 1, 4);

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private static PriceTick Tick(decimal price, long time) => new(new ItemId(1), new SourceId(1), price, null, time, time);

    private static MomentPart Part(Random random)
    {
        var count = random.Next(1, 20);
        return new MomentPart(
            count,
            new DoubleDouble(random.NextDouble() * count, 0),
            new DoubleDouble(random.NextDouble(), 0),
            new DoubleDouble(random.NextInt64(1, 1_000_000_000) * count, 0),
            new DoubleDouble(random.NextDouble(), 0),
            new DoubleDouble(random.NextDouble(), 0));
    }
}
