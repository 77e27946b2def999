using System.Numerics;
using Tracera.Volatility.Metrics.EwmaVol;
using Tracera.Volatility.Metrics.LogReturnVol;
using Tracera.Volatility.Tests.Logarithms;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Metrics;

public sealed class LogReturnTests
{
    private const double Tolerance = 1e-12;
    private static readonly double BucketsPerYear = Window.Hour1.BucketsPerYear;

    [Theory]
    [InlineData("100", "0.01")]
    [InlineData("100000", "0.0001")]
    [InlineData("1000000000", "0.001")]
    [InlineData("0.0000002", "0.000000001")]
    public void Volatility_NoiseOnALevel_EqualsExactArithmetic(string level, string noise)
    {
        for (var seed = 1; seed <= 25; seed++)
        {
            var random = new Random(seed);
            Check([.. Enumerable.Range(0, 168).Select(_ => Some.Price(level) + (Some.Price(noise) * Deviation(random)))], $"{level} ± {noise}, seed {seed}");
        }
    }

    [Fact]
    public void Volatility_StepFromVeryLargeToVerySmall_EqualsExactArithmetic()
    {
        for (var stepAt = 1; stepAt < 60; stepAt++)
        {
            var (random, step) = (new Random(stepAt), stepAt);
            Check(
                [.. Enumerable.Range(0, 60).Select(i => i < step ? 1_000_000_000m + (0.001m * Deviation(random)) : 0.001m + (0.0000001m * Deviation(random)))],
                $"step at {step}");
        }
    }

    [Fact]
    public void Volatility_SteadyGrowth_HasNoSpreadWorthNaming()
    {
        var bars = Bars([.. Enumerable.Range(0, 50).Select(i => (decimal)(1L << i))]);
        Assert.Equal(0, LogReturnVolFormula.Of(bars, BucketsPerYear), 1e-12);
        Close.Assert(Math.Log(2) * Math.Sqrt(BucketsPerYear), EwmaVolFormula.Of(bars, BucketsPerYear), Tolerance, "ewma");
    }

    [Fact]
    public void Volatility_ThreeCloses_IsTheTextbookValue()
    {
        var bars = Bars([100m, 110m, 99m]);
        var (up, down) = (Math.Log(1.1), Math.Log(0.9));
        Close.Assert(Math.Abs(up - down) / Math.Sqrt(2) * Math.Sqrt(365), LogReturnVolFormula.Of(bars, 365), Tolerance, "log returns");
        Close.Assert(Math.Sqrt(((0.94 * up * up) + (0.06 * down * down)) * 365), EwmaVolFormula.Of(bars, 365), Tolerance, "ewma");
    }

    [Fact]
    public void Volatility_PricesThatNeverMove_IsZero() =>
        Assert.Equal((0, 0), (LogReturnVolFormula.Of(Bars([7.77m, 7.77m, 7.77m]), 365), EwmaVolFormula.Of(Bars([7.77m, 7.77m, 7.77m]), 365)));

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("1 2")]
    [InlineData("1 0 2 3")]
    [InlineData("0 1 2 3")]
    [InlineData("1 2 3 -1")]
    public void Volatility_TooFewClosesOrOneNotAboveZero_DoesNotExist(string closes)
    {
        var bars = Bars([.. closes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Some.Price)]);
        Assert.Equal((double.NaN, double.NaN), (LogReturnVolFormula.Of(bars, 365), EwmaVolFormula.Of(bars, 365)));
    }

    private static void Check(decimal[] closes, string what)
    {
        var bars = Bars(closes);
        BigInteger[] returns = [.. closes.Zip(closes.Skip(1), ExactLog.Of)];
        var (n, sum, squares) = (returns.Length, BigInteger.Zero, BigInteger.Zero);
        foreach (var value in returns)
        {
            (sum, squares) = (sum + value, squares + (value * value));
        }

        var unit = BigInteger.One << (2 * Fixed.Bits);
        var variance = Fixed.Ratio((n * squares) - (sum * sum), unit * n * (n - 1));
        Close.Assert(Math.Sqrt(variance * BucketsPerYear), LogReturnVolFormula.Of(bars, BucketsPerYear), Tolerance, what + " log returns");
        var weighted = returns.Skip(1).Aggregate(Fixed.Ratio(returns[0] * returns[0], unit), (v, r) => (0.94 * v) + (0.06 * Fixed.Ratio(r * r, unit)));
        Close.Assert(Math.Sqrt(weighted * BucketsPerYear), EwmaVolFormula.Of(bars, BucketsPerYear), Tolerance, what + " ewma");
    }

    private static Bar[] Bars(decimal[] closes) => [.. closes.Select((close, i) => new Bar(i * 60_000_000L, close, close, close, close, null, default))];

    private static decimal Deviation(Random random) => (decimal)Math.Round((random.NextDouble() * 2) - 1, 4);
}
