using Tracera.Volatility.Classic;

namespace Tracera.Volatility.Tests.Classic;

/// <summary>The forms on numbers that can be followed by hand, and at the borders of what they take.</summary>
public sealed class FormTests
{
    private const double Precision = 1e-14;
    private const double None = double.NaN;

    [Fact]
    public void SimpleMovingAverage_ThreeOfFive_IsTheirMean() =>
        Same([None, None, 2, 3, 4], Of([1, 2, 3, 4, 5], (values, results) => SimpleMovingAverage.Compute(values, 3, results)));

    [Fact]
    public void SimpleMovingAverage_IntoTheMemoryOfItsValues_IsTheSame()
    {
        double[] values = [.. Enumerable.Range(0, 100).Select(i => Math.Sin(i))];
        var apart = Of(values, (series, results) => SimpleMovingAverage.Compute(series, 7, results));
        SimpleMovingAverage.Compute(values, 7, values);
        Assert.Equal(apart, values);
    }

    [Fact]
    public void StandardDeviation_TextbookValues_DividesByN() =>
        Assert.Equal(2, Of([2, 4, 4, 4, 5, 5, 7, 9], (values, results) => StandardDeviation.Compute(values, 8, results))[^1], Precision);

    [Fact]
    public void StandardScoreAndPercentB_TextbookValues_AreCountedFromTheMean()
    {
        Assert.Equal(2, Of([2, 4, 4, 4, 5, 5, 7, 9], (values, results) => StandardScore.Compute(values, 8, results))[^1], Precision);
        Assert.Equal(1, Of([2, 4, 4, 4, 5, 5, 7, 9], (values, results) => PercentB.Compute(values, 8, 2, results))[^1], Precision);
    }

    [Fact]
    public void BollingerBands_TextbookValues_StandKDeviationsApart()
    {
        var (upper, middle, lower) = (new double[8], new double[8], new double[8]);
        BollingerBands.Compute([2, 4, 4, 4, 5, 5, 7, 9], 8, 2.5, upper, middle, lower);
        Assert.Equal((10, 5, 0), (upper[7], middle[7], lower[7]));
        Assert.All((double[])[.. upper[..7], .. middle[..7], .. lower[..7]], value => Assert.Equal(None, value));
    }

    [Fact]
    public void MomentForms_ValuesThatNeverMove_HaveNoSpread()
    {
        double[] values = [.. Enumerable.Repeat(0.1, 50)];
        Assert.All(Of(values, (series, results) => StandardDeviation.Compute(series, 7, results))[6..], value => Assert.Equal(0, value));
        Assert.All(Of(values, (series, results) => StandardScore.Compute(series, 7, results)), value => Assert.Equal(None, value));
        Assert.All(Of(values, (series, results) => PercentB.Compute(series, 7, 2, results)), value => Assert.Equal(None, value));
    }

    [Fact]
    public void RateOfChange_TwoBefore_IsInPercent() =>
        Same([None, None, 50, -25, -100], Of([2, 4, 3, 3, 0], (values, results) => RateOfChange.Compute(values, 2, results)));

    [Fact]
    public void RateOfChange_FromZero_DoesNotExist() =>
        Same([None, None, 100], Of([0, 1, 2], (values, results) => RateOfChange.Compute(values, 1, results)));

    [Fact]
    public void Parkinson_RangesOfE_IsTheFactor()
    {
        double[] high = [Math.E, Math.E, Math.E];
        var expected = Math.Sqrt(1 / (4 * Math.Log(2)));
        Same([None, expected, expected], Of(high, (series, results) => ParkinsonVolatility.Compute(series, [1, 1, 1], 2, results)));
        Same([None, 2 * expected, 2 * expected], Of(high, (series, results) => ParkinsonVolatility.Compute(series, [1, 1, 1], 2, results, 4)));
    }

    [Fact]
    public void GarmanKlass_BarsFollowedByHand_WeighRangeAndMove()
    {
        var moved = 0.5 - ((2 * Math.Log(2)) - 1);
        var expected = Math.Sqrt((0.5 + moved) / 2);
        Same([None, expected], Of([1, 1], (open, results) => GarmanKlassVolatility.Compute(open, [Math.E, Math.E], [1, 1], [1, Math.E], 2, results)));
        Same([None, 3 * expected], Of([1, 1], (open, results) => GarmanKlassVolatility.Compute(open, [Math.E, Math.E], [1, 1], [1, Math.E], 2, results, 9)));
    }

    [Fact]
    public void TrueRange_GapsUpAndDown_CountFromTheCloseBefore() =>
        Same([None, 5, 7, 1], Of([10, 14, 8, 8], (high, results) => TrueRange.Compute(high, [9, 12, 6, 7], [9, 13, 7.5, 7.5], results)));

    [Fact]
    public void AverageTrueRange_FiveBarsOfThree_IsSeededByTheMeanAndThenSmoothed()
    {
        // True ranges: none, 3, 3, 6, 2. The first average is their mean 4, the next one (4 · 2 + 2)/3.
        double[] high = [10, 12, 14, 20, 20];
        Same([None, None, None, 4, 10d / 3], Of(high, (series, results) => AverageTrueRange.Compute(series, [9, 10, 12, 19, 18], [9, 11, 14, 19, 19], 3, results)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void EveryForm_FewerBarsThanItNeeds_IsNaNThroughout(int count)
    {
        double[] ones = [.. Enumerable.Repeat(1d, count)];
        foreach (var form in Forms)
        {
            Assert.All(Of(ones, (series, results) => form(series, 6, results)), value => Assert.Equal(None, value));
        }
    }

    [Fact]
    public void EveryForm_OneValueThatIsMissing_CostsOnlyTheSpansThatHoldIt()
    {
        double[] values = [.. Enumerable.Range(1, 60).Select(i => 10 + Math.Sin(i))];
        values[20] = None;
        foreach (var form in Forms.SkipLast(1))
        {
            var missing = Of(values, (series, results) => form(series, 5, results)).Index().Where(result => double.IsNaN(result.Item)).Select(result => result.Index);
            Assert.All(missing, position => Assert.True(position is < 6 or (>= 20 and < 26), $"{position}"));
        }
    }

    [Fact]
    public void EveryForm_WhereverAPositionLies_IsTheSameToTheLastBit()
    {
        double[] values = [.. Enumerable.Range(1, 90).Select(i => 10 + Math.Sin(i))];
        foreach (var form in Forms.SkipLast(1))
        {
            var whole = Of(values, (series, results) => form(series, 9, results));
            for (var from = 0; from < 40; from++)
            {
                var part = Of(values[from..(from + 25)], (series, results) => form(series, 9, results));
                Assert.Equal(whole[(from + 9)..(from + 25)], part[9..]);
            }
        }
    }

    [Fact]
    public void EveryForm_Called_AllocatesNothing()
    {
        var (values, results) = (new double[500], new double[500]);
        values.AsSpan().Fill(3);
        Run(values, results);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Run(values, results);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void EveryForm_ArgumentsOfNoSense_AreRefused()
    {
        foreach (var form in Forms)
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => form([1, 2], 0, new double[2]));
            Assert.Throws<ArgumentException>(() => form([1, 2], 1, new double[3]));
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => PercentB.Compute([1], 1, 0, new double[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => PercentB.Compute([1], 1, None, new double[1]));
        Assert.Throws<ArgumentException>(() => TrueRange.Compute([1, 2], [1], [1, 2], new double[2]));
    }

    private delegate void Form(ReadOnlySpan<double> values, int period, Span<double> results);

    private delegate void Fill(ReadOnlySpan<double> values, Span<double> results);

    /// <summary>Every form over one series; the last of them remembers.</summary>
    private static readonly Form[] Forms =
    [
        SimpleMovingAverage.Compute,
        StandardDeviation.Compute,
        StandardScore.Compute,
        (values, period, results) => PercentB.Compute(values, period, 2, results),
        (values, period, results) => BandWidth.Compute(values, period, 2, stackalloc double[values.Length], results),
        (values, period, results) => BollingerBands.Compute(values, period, 2, results, stackalloc double[values.Length], stackalloc double[values.Length]),
        RateOfChange.Compute,
        (values, period, results) => ParkinsonVolatility.Compute(values, values, period, results),
        (values, period, results) => GarmanKlassVolatility.Compute(values, values, values, values, period, results),
        (values, period, results) => AverageTrueRange.Compute(values, values, values, period, results),
    ];

    private static void Run(double[] values, double[] results)
    {
        foreach (var form in Forms)
        {
            form(values, 20, results);
        }
    }

    private static double[] Of(double[] values, Fill form)
    {
        var results = new double[values.Length];
        form(values, results);
        return results;
    }

    private static void Same(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Precision));
    }
}
