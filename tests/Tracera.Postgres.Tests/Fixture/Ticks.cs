namespace Tracera.Postgres.Tests;

/// <summary>Makes ticks and batches.</summary>
internal static class Ticks
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    // So that a few items belong to several writers.
    private const int ItemsApart = 400;

    /// <summary>A tick of one of a few items that lie far from each other.</summary>
    public static PriceTick Far(int item, double second = 0, decimal price = 1, int source = 1) => Of(item * ItemsApart, second, price, source: source);

    public static PriceTick Of(int item, double second = 0, decimal price = 1, decimal? volume = null, double receivedAfter = 1, int source = 1) => new(
        new ItemId(item),
        new SourceId(source),
        price,
        volume,
        UnixTime.ToMicroseconds(Start.AddSeconds(second)),
        UnixTime.ToMicroseconds(Start.AddSeconds(second + receivedAfter)));

    public static PriceBatch Batch(params PriceTick[] ticks) => new(Guid.NewGuid(), new RunId(Guid.NewGuid()), "test", ticks);

    /// <summary>Ticks of random items, prices of every scale, and some without a volume; no two of one key.</summary>
    public static PriceTick[] Random(int count, int seed, double second = 0)
    {
        var random = new Random(seed);
        var ticks = new PriceTick[count];
        for (var i = 0; i < count; i++)
        {
            var price = new decimal(random.Next(), random.Next(), random.Next(3) == 0 ? random.Next() : 0, false, (byte)random.Next(29));
            ticks[i] = Of(i + 1, second + random.Next(120), Math.Max(price, 0.01m), random.Next(3) == 0 ? null : random.Next(1_000), random.Next(30));
        }

        return ticks;
    }
}
