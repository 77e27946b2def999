using FsCheck;
using FsCheck.Fluent;

namespace Tracera.Volatility.Tests.Moments;

/// <summary>What happened to one series: ticks at distinct times, and the order and the corrections in which a store saw them.</summary>
/// <param name="Ticks">The ticks that count in the end.</param>
/// <param name="Seed">Shuffles, repeats and corrects them.</param>
internal sealed record Course(PriceTick[] Ticks, int Seed)
{
    private const long Span = 30L * 24 * 3_600 * UnixTime.MicrosecondsPerSecond;
    private static readonly long Start = UnixTime.ToMicroseconds(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static readonly (decimal Level, decimal Noise)[] Levels = [(100m, 0.01m), (100_000m, 0.0001m), (1_000_000_000m, 0.001m), (0.0000002m, 0.000000001m)];

    /// <summary>Courses around one level, and such that jump among levels.</summary>
    public static Arbitrary<Course> Any { get; } = Arb.From(
        from seed in Gen.Choose(0, int.MaxValue - 1)
        from count in Gen.Choose(1, 300)
        from jumps in Gen.Elements(true, false)
        select Make(seed, count, jumps));

    /// <summary>The ticks as they arrive: shuffled, some of them twice, and some first with a price that is corrected later.</summary>
    public IEnumerable<PriceTick> Arrivals()
    {
        var random = new Random(Seed);
        var arrivals = new List<PriceTick>();
        foreach (var tick in Ticks)
        {
            arrivals.Add(tick);
            if (random.Next(10) < 3)
            {
                arrivals.Add(tick);
            }

            if (random.Next(20) == 0)
            {
                arrivals.Add(tick with { Price = tick.Price + (random.Next(1, 1_000) * 0.0001m), ReceivedAtMicroseconds = tick.ReceivedAtMicroseconds - 1 });
            }
        }

        var order = arrivals.ToArray();
        random.Shuffle(order);
        return order;
    }

    public override string ToString() => $"{Ticks.Length} ticks, seed {Seed}";

    private static Course Make(int seed, int count, bool jumps)
    {
        var random = new Random(seed);
        var (level, noise) = Levels[random.Next(Levels.Length)];
        var times = new SortedSet<long>();
        while (times.Count < count)
        {
            times.Add(Start + random.NextInt64(Span));
        }

        return new Course([.. times.Select(Tick)], seed);

        PriceTick Tick(long time)
        {
            if (jumps && random.Next(50) == 0)
            {
                (level, noise) = Levels[random.Next(Levels.Length)];
            }

            var price = level + (noise * (decimal)Math.Round((random.NextDouble() * 2) - 1, 4));
            return new PriceTick(new ItemId(1), new SourceId(1), price, null, time, time + 1_000_000);
        }
    }
}
