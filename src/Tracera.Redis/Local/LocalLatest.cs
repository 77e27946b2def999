using System.Buffers;
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

    /// <summary>Reads the ticks of the items that are here.</summary>
    /// <param name="items">The items.</param>
    /// <param name="located">Where the streams stand in Redis.</param>
    /// <param name="missing">The items that are not here; null when all are.</param>
    public LocalTicks Read(IReadOnlyList<ItemId> items, LocatedStreams located, out List<MissingItem>? missing)
    {
        // All are found before the ticks of the first are looked at, so that they wait for memory together and not one after the other.
        var found = ArrayPool<LocalItem?>.Shared.Rent(items.Count);
        missing = Find(items, located, found);
        var ticks = new LocalTicks(items.Count);
        foreach (var item in found.AsSpan(0, items.Count))
        {
            if (item is not null)
            {
                ticks.Add(item.Ticks);
            }
        }

        ArrayPool<LocalItem?>.Shared.Return(found, clearArray: true);
        return ticks;
    }

    /// <summary>Takes what Redis held of a missing item.</summary>
    public void Load(MissingItem missing, ReadOnlySpan<PriceTick> ticks)
    {
        if (missing.ToLoad is { } item)
        {
            _shards[missing.Shard].Load(item, ticks);
        }
    }

    private List<MissingItem>? Find(IReadOnlyList<ItemId> items, LocatedStreams located, LocalItem?[] found)
    {
        List<MissingItem>? missing = null;
        for (var i = 0; i < items.Count; i++)
        {
            var shard = _layout.ShardOf(items[i]);
            LocalItem? item = null;
            if (located[shard] is not { } point || !_shards[shard].TryFind(items[i], point, out item))
            {
                (missing ??= []).Add(new MissingItem(items[i], shard, item));
                item = null;
            }

            found[i] = item;
        }

        return missing;
    }
}
