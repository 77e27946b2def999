using Tracera.Volatility.Kernels;
using Tracera.Volatility.Moments;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Kernels;

public sealed class RollingKernelTests
{
    private const int Period = RollingKernel.Period;
    private const int Steps = 403;
    private const double Tolerance = 1e-12;
    private const double Wide = 1e18;

    [Theory]
    [InlineData(4, 100, 1e-2)]
    [InlineData(8, 100, 1e-2)]
    [InlineData(4, 1e5, 1e-4)]
    [InlineData(8, 1e5, 1e-4)]
    [InlineData(4, 1e9, 1e-3)]
    [InlineData(8, 1e9, 1e-3)]
    [InlineData(4, 2e-7, 1e-9)]
    [InlineData(8, 2e-7, 1e-9)]
    public void Windows_NoiseOnALevel_EqualTwoPassesInDoubleDouble(int lanes, double level, double noise)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            Check(lanes, _ => level + (noise * ((2 * random.NextDouble()) - 1)), $"{level} ± {noise}, seed {seed}");
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Windows_StepFromVeryLargeToVerySmall_EqualTwoPassesInDoubleDouble(int lanes)
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var stepAt = random.Next(Period, Steps) * lanes;
            Check(lanes, i => i < stepAt ? 1e9 + (1e-3 * random.NextDouble()) : 1e-3 + (1e-7 * random.NextDouble()), $"step, seed {seed}");
        }
    }

    [Fact]
    public void Windows_PricesThatNeverMove_HaveNoWidthAndNoSlope()
    {
        var figures = Run(4, Enumerable.Repeat(0.1, (Period + Steps) * 4).ToArray());
        Assert.All(figures[..(3 * Steps * 4)], band => Assert.Equal(0.1, band));
        Assert.All(figures[(3 * Steps * 4)..], figure => Assert.Equal(0, figure));
    }

    private static double[] Run(int lanes, double[] rows, double width = 2)
    {
        var figures = new double[RollingKernel.Figures * Steps * lanes];
        RollingKernel.Run(rows, lanes, Steps, width, figures);
        return figures;
    }

    private static void Check(int lanes, Func<int, double> price, string what)
    {
        var rows = Enumerable.Range(0, (Period + Steps) * lanes).Select(price).ToArray();
        var figures = Run(lanes, rows);

        // With bands this wide their distance is all that they say, so that it can be read off to its last place.
        var distances = Run(lanes, rows, Wide);
        for (var place = 0; place < Steps * lanes; place++)
        {
            var window = Enumerable.Range(1, Period).Select(i => rows[place + (i * lanes)]).ToArray();
            var (mean, deviation, slope) = Exact(window);
            double At(int figure) => figures[(figure * Steps * lanes) + place];
            Close.Assert(mean, At(1), Tolerance, $"{what}: middle at {place}");
            Close.Assert(deviation, (distances[place] - distances[(2 * Steps * lanes) + place]) / 2 / Wide, Tolerance, $"{what}: deviation at {place}");

            // A band may lie close to zero where the two parts cancel, so it is held to the size of the parts.
            Assert.True(Math.Abs(At(0) - (mean + (2 * deviation))) <= Tolerance * (mean + (2 * deviation)), $"{what}: upper at {place}");
            Assert.True(Math.Abs(At(2) - (mean - (2 * deviation))) <= Tolerance * (mean + (2 * deviation)), $"{what}: lower at {place}");
            Close.Assert(slope, At(3), Tolerance, $"{what}: slope at {place}");
            Close.Assert((window[^1] - rows[place]) / rows[place] * 100, At(4), Tolerance, $"{what}: change at {place}");
        }
    }

    // Two passes about the first price, every step in double-double.
    private static (double Mean, double Deviation, double Slope) Exact(double[] window)
    {
        var deviations = window.Select(price => DoubleDouble.Sum(price, -window[0])).ToArray();
        var shift = deviations.Aggregate(default(DoubleDouble), (sum, deviation) => sum.Add(deviation)).DividedBy(Period);
        var (squares, weighted) = (default(DoubleDouble), default(DoubleDouble));
        for (var i = 0; i < Period; i++)
        {
            var centred = deviations[i].Subtract(shift);
            squares = squares.Add(DoubleDouble.Product(centred.High, centred.High)).Add(2 * centred.High * centred.Low);
            weighted = weighted.Add(deviations[i].Times((2 * i) - (Period - 1)));
        }

        return (shift.Add(window[0]).Value, Math.Sqrt(squares.DividedBy(Period).Value), weighted.DividedBy(1_330).Value);
    }
}
