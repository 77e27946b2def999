using Tracera.Volatility.Metrics.Bollinger;
using Tracera.Volatility.Metrics.Cov;
using Tracera.Volatility.Metrics.PercentChange;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Metrics.Trend;
using Tracera.Volatility.Metrics.VolatilityScore;

namespace Tracera.Volatility.Tests.Metrics;

public sealed class NullRuleTests
{
    private static readonly WindowMoments Usual = new(4, 10, 16, 100, 20);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void EverySpread_FewerThanTwoTicks_DoesNotExist(long count)
    {
        var moments = Usual with { Count = count };
        Assert.Equal(double.NaN, StdDevFormula.Of(moments));
        Assert.Equal((double.NaN, double.NaN, double.NaN), BollingerFormula.Of(moments, 2));
        Assert.Equal(double.NaN, CovFormula.Of(moments));
        Assert.Equal((double.NaN, double.NaN), TrendFormula.Of(moments));
        Assert.Equal(double.NaN, VolatilityScoreFormula.Of(moments, 1));
    }

    [Fact]
    public void EveryFigure_UsualMoments_IsTheTextbookValue()
    {
        Assert.Equal(2, StdDevFormula.Of(Usual));
        Assert.Equal((16, 10, 4), BollingerFormula.Of(Usual, 3));
        Assert.Equal(0.2, CovFormula.Of(Usual));
        Assert.Equal((7_200, 0.25), TrendFormula.Of(Usual));
        Assert.Equal(0.2, VolatilityScoreFormula.Of(Usual, 4));
    }

    [Fact]
    public void CovTrendAndScore_MeanOfZero_DoNotExist()
    {
        var moments = Usual with { Mean = 0 };
        Assert.Equal(double.NaN, CovFormula.Of(moments));
        Assert.Equal((double.NaN, double.NaN), TrendFormula.Of(moments));
        Assert.Equal(double.NaN, VolatilityScoreFormula.Of(moments, 2));
        Assert.Equal(2, StdDevFormula.Of(moments));
    }

    [Fact]
    public void Trend_AllTicksAtOneInstant_DoesNotExist() =>
        Assert.Equal((double.NaN, double.NaN), TrendFormula.Of(Usual with { TimeM2 = 0, CoMoment = 0 }));

    [Fact]
    public void Trend_PriceThatNeverMoved_IsFlatAndUnexplained() =>
        Assert.Equal((0, double.NaN), TrendFormula.Of(Usual with { M2 = 0, CoMoment = 0 }));

    [Fact]
    public void TrendR2_RoundedAboveOne_IsOne() =>
        Assert.Equal(1, TrendFormula.Of(new WindowMoments(2, 1, 1, 1, 1.0000000000000002)).R2);

    [Fact]
    public void PercentChange_NoFirstOrNoLastOrFirstOfZero_DoesNotExist()
    {
        Assert.Equal(double.NaN, PercentChangeFormula.Of(null, 1));
        Assert.Equal(double.NaN, PercentChangeFormula.Of(1, null));
        Assert.Equal(double.NaN, PercentChangeFormula.Of(0, 1));
    }

    [Theory]
    [InlineData("8", "10", 25)]
    [InlineData("10", "8", -20)]
    [InlineData("100000.0001", "100000.0002", 9.99999999e-08)]
    public void PercentChange_TwoPrices_IsExactToTheLastPlace(string first, string last, double expected) =>
        Assert.Equal(expected, PercentChangeFormula.Of(Parse(first), Parse(last)), 1e-22);

    [Fact]
    public void PercentChange_PricesWhoseDifferenceIsBeyondADecimal_FallsBackToDoubles() =>
        Assert.Equal(-200, PercentChangeFormula.Of(decimal.MinValue, decimal.MaxValue), 1e-9);

    [Fact]
    public void VolatilityScore_FewerThanTheMinimum_DoesNotExist()
    {
        Assert.Equal(double.NaN, VolatilityScoreFormula.Of(Usual, 5));
        Assert.Equal(CovFormula.Of(Usual), VolatilityScoreFormula.Of(Usual, 4));
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
