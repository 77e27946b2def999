using Tracera.Volatility.Classic;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Classic;

/// <summary>Every form against exact arithmetic on the same doubles, to 1e-12 of the result.</summary>
public sealed class AccuracyTests
{
    private const double Tolerance = 1e-12;
    private const int Count = 160;

    public static TheoryData<string, double, double, double, double> Courses { get; } = new()
    {
        { "noise on 100", 100, 1e-2, 100, 1e-2 },
        { "noise on 1e5", 1e5, 1e-4, 1e5, 1e-4 },
        { "noise on 1e9", 1e9, 1e-3, 1e9, 1e-3 },
        { "noise on 2e-7", 2e-7, 1e-9, 2e-7, 1e-9 },
        { "step from 1e9 to 1e-3", 1e9, 1e-3, 1e-3, 1e-7 },
    };

    [Theory]
    [MemberData(nameof(Courses))]
    public void MomentForms_OnACourse_EqualExactArithmetic(string course, double level, double noise, double laterLevel, double laterNoise)
    {
        foreach (var (period, seed) in Cases)
        {
            var closes = Bars(level, noise, laterLevel, laterNoise, seed).Close;
            var (mean, deviation, score) = (new double[Count], new double[Count], new double[Count]);
            var (upper, middle, lower) = (new double[Count], new double[Count], new double[Count]);
            SimpleMovingAverage.Compute(closes, period, mean);
            StandardDeviation.Compute(closes, period, deviation);
            StandardScore.Compute(closes, period, score);
            BollingerBands.Compute(closes, period, 2, upper, middle, lower);
            for (var i = period - 1; i < Count; i++)
            {
                var last = closes.AsSpan(i - period + 1, period);
                var (exactMean, exactDeviation, what) = (ExactForms.Mean(last), ExactForms.Deviation(last), $"{course}, {period} to {i}, seed {seed}");
                Close.Assert(exactMean, mean[i], Tolerance, what + " mean");
                Close.Assert(exactDeviation, deviation[i], Tolerance, what + " deviation");
                Assert.Equal(ExactForms.Score(last), score[i], Tolerance * period);
                Assert.Equal(exactMean, middle[i], Tolerance * exactMean);
                Assert.Equal(exactMean + (2 * exactDeviation), upper[i], Tolerance * exactMean);
                Assert.Equal(exactMean - (2 * exactDeviation), lower[i], Tolerance * (exactMean + exactDeviation));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public void RateOfChange_OnACourse_EqualsExactArithmetic(string course, double level, double noise, double laterLevel, double laterNoise)
    {
        foreach (var (period, seed) in Cases)
        {
            var (closes, change) = (Bars(level, noise, laterLevel, laterNoise, seed).Close, new double[Count]);
            RateOfChange.Compute(closes, period, change);
            for (var i = period; i < Count; i++)
            {
                Close.Assert(ExactForms.Change(closes[i - period], closes[i]), change[i], Tolerance, $"{course}, {period} to {i}, seed {seed}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Courses))]
    public void RangeForms_OnACourse_EqualExactArithmetic(string course, double level, double noise, double laterLevel, double laterNoise)
    {
        foreach (var (period, seed) in Cases)
        {
            var bars = Bars(level, noise, laterLevel, laterNoise, seed);
            var (parkinson, garmanKlass, average) = (new double[Count], new double[Count], new double[Count]);
            ParkinsonVolatility.Compute(bars.High, bars.Low, period, parkinson);
            GarmanKlassVolatility.Compute(bars.Open, bars.High, bars.Low, bars.Close, period, garmanKlass);
            AverageTrueRange.Compute(bars.High, bars.Low, bars.Close, period, average);
            var (exactParkinson, exactGarmanKlass) = (ExactForms.Parkinson(bars, period), ExactForms.GarmanKlass(bars, period));
            var exactAverage = ExactForms.AverageTrueRange(bars, period);
            for (var i = period; i < Count; i++)
            {
                var what = $"{course}, {period} to {i}, seed {seed}";
                Close.Assert(exactParkinson[i], parkinson[i], Tolerance, what + " Parkinson");
                Close.Assert(exactGarmanKlass[i], garmanKlass[i], Tolerance, what + " Garman-Klass");
                Close.Assert(exactAverage[i], average[i], Tolerance, what + " true range");
            }
        }
    }

    private static IEnumerable<(int Period, int Seed)> Cases => from period in (int[])[2, 14, 20, 97] from seed in (int[])[1, 2, 3] select (period, seed);

    private static Bars Bars(double level, double noise, double laterLevel, double laterNoise, int seed)
    {
        var random = new Random(seed);
        var stepAt = random.Next(20, Count - 20);
        return Classic.Bars.Of(
            Count, i => i < stepAt ? level + (noise * ((2 * random.NextDouble()) - 1)) : laterLevel + (laterNoise * ((2 * random.NextDouble()) - 1)));
    }
}
