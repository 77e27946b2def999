using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>The latest ticks of items that this host was asked for, kept by the updates that it follows. Thread-safe.</summary>
/// <remarks>
/// Nothing is given out unless every update has come up to where Redis says that the stream stands, asked after the question: an answer from here is never older than one
/// from Redis would have been.
/// </remarks>
internal sealed class LocalLatest
{
    private readonly RedisLayout _layout;
    private readonly LocalShard[] _shards;

    public LocalLatest(RedisLayout layout, IOptions<RedisOptions> options)
    {
        _layout = layout;
        var capacity = (options.Value.MaxLocal + layout.Shards.Count - 1) / layout.Shards.Count;
        _shards = [.. layout.Shards.Select(_ => new LocalShard(capacity))];
    }

    /// <summary>Takes the next batch of a stream, in its order.</summary>
    public void Take(UpdateBatch batch) => _shards[batch.Point.Shard].Take(batch);

    /// <summary>Says up to where every update of a shard has come, if none has come yet.</summary>
    public void Begin(StreamPoint point) => _shards[point.Shard].Begin(point);

    /// <summary>Adds the ticks of the items that are here.</summary>
    /// <param name="items">The items.</param>
    /// <param name="located">Where the streams stand in Redis.</param>
    /// <param name="ticks">Where the ticks are added.</param>
    /// <returns>The items that are not here; null when all are.</returns>
    public List<MissingItem>? Read(IReadOnlyList<ItemId> items, LocatedStreams located, List<PriceTick> ticks)
    {
        List<MissingItem>? missing = null;
        for (var i = 0; i < items.Count; i++)
        {
            var shard = _layout.ShardOf(items[i]);
            LocalItem? toLoad = null;
            if (located[shard] is not { } point || !_shards[shard].TryRead(items[i], point, ticks, out toLoad))
            {
                (missing ??= []).Add(new MissingItem(items[i], shard, toLoad));
            }
        }

        return missing;
    }

    /// <summary>Takes what Redis held of a missing item.</summary>
    public void Load(MissingItem missing, ReadOnlySpan<PriceTick> ticks)
    {
        if (missing.ToLoad is { } item)
        {
            _shards[missing.Shard].Load(item, ticks);
        }
    }
}
