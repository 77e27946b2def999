using Tracera.Volatility.Logarithms;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Logarithms;

public sealed class LogRatioTests
{
    private const double Tolerance = 1e-15;

    [Theory]
    [InlineData(100, 1e-2)]
    [InlineData(1e5, 1e-4)]
    [InlineData(1e9, 1e-3)]
    [InlineData(2e-7, 1e-9)]
    [InlineData(1, 1e-15)]
    [InlineData(1, 1)]
    [InlineData(3, 1e9)]
    public void Of_TwoNumbersAnyDistanceApart_EqualsExactArithmetic(double level, double distance)
    {
        var random = new Random(1);
        for (var i = 0; i < 2_000; i++)
        {
            var (a, b) = (level + (distance * random.NextDouble()), level + (distance * random.NextDouble()));
            Close.Assert(Fixed.ToDouble(ExactLog.Of(a, b)), LogRatio.Of(a, b), Tolerance, $"{a:R} to {b:R}");
        }
    }

    [Theory]
    [InlineData("1000000000", "0.001")]
    [InlineData("0.001", "1000000000")]
    [InlineData("100000.0001", "100000.0002")]
    [InlineData("1000000000.001", "1000000000.002")]
    [InlineData("0.000000201", "0.0000002")]
    [InlineData("2", "3")]
    [InlineData("3", "2")]
    [InlineData("1", "1.5")]
    [InlineData("2", "1")]
    public void Of_TwoDecimals_EqualsExactArithmetic(string from, string to) =>
        Close.Assert(Fixed.ToDouble(ExactLog.Of(Some.Price(from), Some.Price(to))), LogRatio.Of(Some.Price(from), Some.Price(to)), Tolerance, $"{from} to {to}");

    [Fact]
    public void Of_OnePriceTwice_IsZero() => Assert.Equal((0, 0), (LogRatio.Of(7.77m, 7.770m), LogRatio.Of(0.1, 0.1)));

    [Fact]
    public void Of_NumbersWithoutALogarithm_IsNotFinite()
    {
        Assert.Equal(double.NegativeInfinity, LogRatio.Of(1d, 0d));
        Assert.Equal(double.NaN, LogRatio.Of(1d, -1d));
        Assert.Equal(double.NaN, LogRatio.Of(double.NaN, 1d));
    }
}
