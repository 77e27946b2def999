using Microsoft.Extensions.Options;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Engine;

public sealed class VolatilityEngineTests
{
    private static readonly SeriesWindow Empty = new(Some.Series(1), Window.Hour1, Some.Instant - TimeSpan.FromMinutes(59), default, 5m);

    [Fact]
    public void Compute_WindowWithoutATick_HasNoFigureAndNoMean()
    {
        using var meters = new TestMeters();
        var snapshot = TestEngine.Create(meters).Compute(Empty, Some.Instant);
        Assert.Equal((0, null, Some.Instant), (snapshot.Count, snapshot.Mean, snapshot.ComputedAt));
        Assert.All(snapshot.Fields, field => Assert.Null(snapshot[field]));
    }

    [Fact]
    public void Compute_PriceBeforeTheWindow_IsWhatChangeCountsFrom()
    {
        using var meters = new TestMeters();
        var engine = TestEngine.Create(meters);
        var bars = TickBars.Bars(BarLevel.Minute1, [Tick(10m, 0), Tick(20m, 1)]);
        Assert.Equal(300, engine.Compute(Empty with { Bars = bars, Prior = 5m }, Some.Instant)[MetricFields.PercentChange]);
        Assert.Equal(100, engine.Compute(Empty with { Bars = bars, Prior = null }, Some.Instant)[MetricFields.PercentChange]);
    }

    [Fact]
    public void Compute_BollingerWidthOfTheOptions_IsUsed()
    {
        using var meters = new TestMeters();
        var engine = TestEngine.Create(meters, new VolatilityOptions { BollingerWidth = 3 });
        var bars = TickBars.Bars(BarLevel.Minute1, [Tick(10m, 0), Tick(20m, 1)]);
        Assert.Equal(30, engine.Compute(Empty with { Bars = bars }, Some.Instant)[MetricFields.BollingerUpper]);
    }

    [Fact]
    public void Compute_CustomMetric_StandsBesideTheOthers()
    {
        using var meters = new TestMeters();
        var snapshot = TestEngine.Create(meters, null, new Custom("mine.count", n => n + 0.5)).Compute(Empty, Some.Instant);
        Assert.Equal(0.5, snapshot["mine.count"]);
        Assert.Null(snapshot[MetricFields.StdDev]);
    }

    [Fact]
    public void Compute_MetricThatThrows_CostsOnlyItsOwnFigures()
    {
        using var meters = new TestMeters();
        var engine = TestEngine.Create(meters, null, new Custom("bad", _ => throw new InvalidOperationException()), new Custom("good", _ => 1));
        engine.Compute(Empty, Some.Instant);
        var snapshot = engine.Compute(Empty, Some.Instant);
        Assert.Equal((null, 1), (snapshot["bad"], snapshot["good"]));
        Assert.Equal(2, meters[VolatilityInstruments.MetricFaults]);
    }

    [Fact]
    public void Compute_ManyTimes_AllocatesOnlyTheSnapshot()
    {
        using var meters = new TestMeters();
        var engine = TestEngine.Create(meters);
        var window = Empty with { Bars = TickBars.Bars(BarLevel.Minute1, Enumerable.Range(0, 60).Select(i => Tick(10m + i, i * 60))) };
        for (var i = 0; i < 100; i++)
        {
            engine.Compute(window, Some.Instant);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            engine.Compute(window, Some.Instant);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000, 1, 320);
    }

    [Theory]
    [InlineData("0.1")]
    [InlineData("100000.0001")]
    [InlineData("0.00000020000000003")]
    public void Compute_PricesThatNeverMove_HasNoSpreadAndNoChange(string text)
    {
        using var meters = new TestMeters();
        var price = decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var ticks = Enumerable.Range(0, 217).Select(i => Tick(price, i * 13));
        var snapshot = TestEngine.Create(meters).Compute(
            Empty with { Bars = TickBars.Bars(BarLevel.Minute1, ticks), Prior = null }, Some.Instant);
        Assert.Equal((0, 0, 0), (snapshot[MetricFields.StdDev], snapshot[MetricFields.PercentChange], snapshot[MetricFields.LogReturnVol]));
        Assert.Equal((0, null), (snapshot[MetricFields.TrendScore], snapshot[MetricFields.TrendR2]));
    }

    private static PriceTick Tick(decimal price, long second) =>
        new(new ItemId(1), new SourceId(1), price, null, second * UnixTime.MicrosecondsPerSecond, second * UnixTime.MicrosecondsPerSecond);
}
