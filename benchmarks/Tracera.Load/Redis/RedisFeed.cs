namespace Tracera.Load;

/// <summary>Batches of ticks that are each newer than the one before of their series.</summary>
internal sealed class RedisFeed(int items, int batchSize)
{
    private readonly Random _random = new(7);
    private long _at = UnixTime.ToMicroseconds(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    /// <summary>Makes batches that hold so many ticks together.</summary>
    public List<PriceBatch> Make(int ticks)
    {
        var batches = new List<PriceBatch>();
        for (var made = 0; made < ticks; made += batchSize)
        {
            var batch = new PriceTick[Math.Min(batchSize, ticks - made)];
            for (var i = 0; i < batch.Length; i++)
            {
                var item = 1 + ((made + i) % items);
                _at++;
                batch[i] = new PriceTick(new ItemId(item), new SourceId(1), new decimal(_random.Next(100, 5_000_000), 0, 0, false, 2), _random.Next(1, 500), _at, _at + 150_000);
            }

            batches.Add(new PriceBatch(Guid.NewGuid(), default, "load", batch));
        }

        return batches;
    }
}
