using Tracera.Postgres;

namespace Tracera.Load;

/// <summary>The rows that every contender writes: batches of 5,000 items, one second apart.</summary>
internal static class CopyFeed
{
    /// <summary>Rows of a transaction.</summary>
    public const int BatchSize = 5_000;

    private const int Seed = 42;
    private static readonly DateTimeOffset Start = new(2026, 6, 1, 6, 0, 0, TimeSpan.Zero);

    public static PriceTick[][] Make(int batches, int batchSize, TimeSpan later = default)
    {
        var random = new Random(Seed);
        return [.. Enumerable.Range(0, batches).Select(batch => Make(random, Start.AddSeconds(batch) + later, batchSize))];
    }

    /// <summary>Writes a batch as a file in PostgreSQL's binary format.</summary>
    public static async Task WriteFileAsync(string path, PriceTick[] ticks)
    {
        var bytes = new byte[CopyFormat.Header.Length + (ticks.Length * CopyFormat.MaxRowBytes) + CopyFormat.Trailer.Length];
        CopyFormat.Header.CopyTo(bytes);
        var at = CopyFormat.Header.Length;
        foreach (ref readonly var tick in ticks.AsSpan())
        {
            at += CopyFormat.WriteRow(bytes.AsSpan(at), tick);
        }

        CopyFormat.Trailer.CopyTo(bytes.AsSpan(at));
        await File.WriteAllBytesAsync(path, bytes[..(at + CopyFormat.Trailer.Length)]);
    }

    public static PriceBatch Batch(ReadOnlyMemory<PriceTick> ticks) => new(Guid.NewGuid(), new RunId(Guid.NewGuid()), "load", ticks);

    private static PriceTick[] Make(Random random, DateTimeOffset observedAt, int batchSize)
    {
        var at = UnixTime.ToMicroseconds(observedAt);
        var ticks = new PriceTick[batchSize];
        for (var i = 0; i < ticks.Length; i++)
        {
            var price = new decimal(random.Next(1, 10_000_000), 0, 0, false, 2);
            ticks[i] = new PriceTick(new ItemId(i + 1), new SourceId(1), price, random.Next(4) == 0 ? null : random.Next(1_000), at, at + random.Next(1_000_000));
        }

        return ticks;
    }
}
