namespace Tracera.Volatility.Tests.Streaming;

/// <summary>Ticks in the order of their arrival: of every 100, 30 come twice, 20 late by up to 24 h, 5 are corrected, and all are shuffled by their delays.</summary>
/// <remarks>Each series has calm hours, in which ticks come in order, and wild ones, so that both ways of the engine are used; the shares hold over all.</remarks>
internal static class TickStorm
{
    public const int Series = 100;
    private const double Calm = 0.5;
    private const double Repeated = 0.30;
    private const double Late = 0.20;
    private const double Corrected = 0.05;
    private const long Hour = 3_600_000_000;

    public static List<(long ArrivesAt, PriceTick Tick)> Make(int count, int seed, long from, long length)
    {
        var random = new Random(seed);
        var arrivals = new List<(long ArrivesAt, PriceTick Tick)>(count * 3 / 2);
        var prices = Enumerable.Range(0, Series).Select(_ => Level(random)).ToArray();
        for (var i = 0; i < count; i++)
        {
            var series = random.Next(Series);
            var observedAt = from + (long)((i + random.NextDouble()) / count * length);
            observedAt -= random.Next(4) == 0 ? observedAt % 60_000_000 : 0;
            prices[series].Price += prices[series].Step * random.Next(-100, 101);
            var tick = new PriceTick(new ItemId(series + 1), new SourceId(1), Math.Max(prices[series].Price, prices[series].Step), null, observedAt, observedAt);
            Send(tick, (observedAt / Hour + series) % 2 == 0 ? 0 : 1 / Calm, random, arrivals);
        }

        arrivals.Sort((a, b) => a.ArrivesAt.CompareTo(b.ArrivesAt));
        return arrivals;
    }

    private static void Send(in PriceTick tick, double wildness, Random random, List<(long ArrivesAt, PriceTick Tick)> arrivals)
    {
        var observedAt = tick.ObservedAtMicroseconds;
        var arrivesAt = observedAt + (random.NextDouble() < Late * wildness ? random.NextInt64(24 * Hour) : random.NextInt64(50_000));
        arrivals.Add((arrivesAt, tick with { ReceivedAtMicroseconds = arrivesAt }));
        if (random.NextDouble() < Repeated * wildness)
        {
            var again = arrivesAt + random.NextInt64(2 * Hour);
            arrivals.Add((again, tick with { ReceivedAtMicroseconds = again }));
        }

        if (random.NextDouble() < Corrected * wildness)
        {
            var corrected = arrivesAt + random.NextInt64(2 * Hour);
            arrivals.Add((corrected, tick with { Price = tick.Price * 1.01m, ReceivedAtMicroseconds = corrected }));
        }
    }

    private static (decimal Price, decimal Step) Level(Random random) => random.Next(4) switch
    {
        0 => (100m, 0.0001m),
        1 => (100_000m, 0.000001m),
        2 => (1_000_000_000m, 0.00001m),
        _ => (0.0000002m, 0.00000000001m),
    };
}
