namespace Tracera.Load;

/// <summary>Batches of ticks that are each newer than the one before of their series.</summary>
/// <param name="items">How many series take turns.</param>
/// <param name="batchSize">How many ticks a batch holds.</param>
/// <param name="isShuffled">
/// Whether the series lie so far apart in time that no batch is newer than all of the one before, and every tick must be compared; else every tick is the newest of all.
/// </param>
internal sealed class RedisFeed(int items, int batchSize, bool isShuffled = false)
{
    private readonly Random _random = new(7);
    private readonly int[] _lags = Lags(isShuffled ? 2 * items : 0, items);
    private long _at = UnixTime.ToMicroseconds(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private long _made;

    /// <summary>Makes batches that hold so many ticks together.</summary>
    public List<PriceBatch> Make(int ticks)
    {
        var batches = new List<PriceBatch>();
        for (var left = ticks; left > 0; left -= batchSize)
        {
            var batch = new PriceTick[Math.Min(batchSize, left)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = Next();
            }

            batches.Add(new PriceBatch(Guid.NewGuid(), default, "load", batch));
        }

        return batches;
    }

    private PriceTick Next()
    {
        var series = (int)(_made++ % items);
        var at = ++_at - _lags[series];
        return new PriceTick(new ItemId(1 + series), new SourceId(1), new decimal(_random.Next(100, 5_000_000), 0, 0, false, 2), _random.Next(1, 500), at, _at + 150_000);
    }

    private static int[] Lags(int most, int items)
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, items).Select(_ => random.Next(most + 1))];
    }
}
