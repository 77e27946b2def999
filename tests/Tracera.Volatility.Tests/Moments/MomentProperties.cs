using FsCheck;
using FsCheck.Fluent;
using Tracera.Volatility.Moments;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Moments;

/// <summary>What holds of moments whatever came, however often, and in whatever order.</summary>
public sealed class MomentProperties
{
    private const double Tolerance = 1e-12;
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(200);

    [Fact]
    public void Parts_MergedInAnyTree_EqualExactArithmetic() =>
        Holds(course =>
        {
            var random = new Random(course.Seed);
            var parts = course.Ticks.Select(tick => Part(tick, course.Ticks[0])).ToList();
            while (parts.Count > 1)
            {
                var (left, right) = (Take(parts, random), Take(parts, random));
                parts.Add(left.Combine(right));
            }

            var (exact, actual) = (ExactMoments.Of(course.Ticks), parts[0]);
            Assert.Equal(exact.Count, actual.Count);
            Close.Assert(exact.M2, actual.M2.Value, Tolerance, "M2");
            Close.Assert(exact.TimeM2, actual.TimeM2.Value, Tolerance, "time M2");
            CloseToTerms(exact, actual.CoMoment.Value);
        });

    [Fact]
    public void Parts_MergedWithNothing_StayAsTheyAre() =>
        Holds(course =>
        {
            var part = Part(course.Ticks[^1], course.Ticks[0]);
            Assert.Equal((part, part), (part.Combine(default), default(MomentPart).Combine(part)));
        });

    [Fact]
    public void Bars_FedLateTwiceAndCorrected_EqualThoseOfTheFinalTicks() =>
        Holds(course =>
        {
            foreach (var window in Window.All)
            {
                Assert.Equal(TickBars.Bars(window.Level, course.Ticks), Fed(window.Level, course));
            }
        });

    [Fact]
    public void Windows_FedLateTwiceAndCorrected_EqualARecomputationFromTheTicks() =>
        Holds(course =>
        {
            var exact = ExactMoments.Of(course.Ticks);
            foreach (var window in Window.All)
            {
                var actual = BarCombination.Of(Fed(window.Level, course));
                Assert.Equal(exact.Count, actual.Count);
                Close.Assert(exact.Mean, actual.Mean, Tolerance, $"{window} mean");
                Close.Assert(exact.M2, actual.M2, Tolerance, $"{window} M2");
                Close.Assert(exact.TimeM2, actual.TimeM2, Tolerance, $"{window} time M2");
                CloseToTerms(exact, actual.CoMoment);
            }
        });

    private static void Holds(Action<Course> property) => Prop.ForAll(Course.Any, property).Check(Many);

    // The terms of a co-moment have both signs, so it may be as small as one likes beside them: its error is measured by the root of the product of both spreads.
    private static void CloseToTerms(in WindowMoments exact, double actual) =>
        Assert.Equal(exact.CoMoment, actual, Tolerance * Math.Sqrt(exact.M2 * exact.TimeM2));

    private static MomentPart Part(PriceTick tick, PriceTick first) =>
        new(1, new DoubleDouble(PriceDifference.Of(tick.Price, first.Price), 0), default, new DoubleDouble(tick.ObservedAtMicroseconds - first.ObservedAtMicroseconds, 0), default, default);

    private static MomentPart Take(List<MomentPart> parts, Random random)
    {
        var index = random.Next(parts.Count);
        var part = parts[index];
        parts.RemoveAt(index);
        return part;
    }

    /// <summary>Bars as a store keeps them: exact sums, to which a new tick is added, and from which one that is corrected is taken away.</summary>
    private static Bar[] Fed(BarLevel level, Course course)
    {
        var (known, sums) = (new SortedDictionary<long, PriceTick>(), new SortedDictionary<long, BarSums>());
        foreach (var tick in course.Arrivals())
        {
            var start = level.Floor(tick.ObservedAtMicroseconds);
            if (known.TryGetValue(tick.ObservedAtMicroseconds, out var before) && before.ReceivedAtMicroseconds >= tick.ReceivedAtMicroseconds)
            {
                continue;
            }

            var sum = sums.GetValueOrDefault(start);
            sums[start] = (before.ObservedAtMicroseconds == 0 ? sum : sum - Sums(before, start)) + Sums(tick, start);
            known[tick.ObservedAtMicroseconds] = tick;
        }

        return [.. known.Values.GroupBy(tick => level.Floor(tick.ObservedAtMicroseconds)).Select(bar => One(bar.Key, [.. bar], sums[bar.Key]))];
    }

    private static Bar One(long start, PriceTick[] ticks, BarSums sums) => new(
        start, ticks[0].Price, ticks.Max(tick => tick.Price), ticks.Min(tick => tick.Price), ticks[^1].Price, null, sums.ToMoments(ticks[0].Price));

    private static BarSums Sums(PriceTick tick, long start) => BarSums.Of(tick.Price, tick.ObservedAtMicroseconds - start);
}
