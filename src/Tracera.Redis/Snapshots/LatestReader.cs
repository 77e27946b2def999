using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Reads the latest ticks and the place of each stream before it. Thread-safe.</summary>
internal sealed class LatestReader(RedisConnection connection, RedisLayout layout, SourceBook sources)
{
    /// <summary>Reads some items: of each shard that they lie in, its place and its ticks in one go.</summary>
    public async Task<(List<PriceTick> Ticks, StreamPosition Position)> ReadAsync(IEnumerable<ItemId> items, CancellationToken cancellationToken)
    {
        var known = sources.Known;
        var reads = items.GroupBy(layout.ShardOf).Select(group => ReadAsync(
            layout.Shards[group.Key],
            database => database.HashGetAsync(layout.Shards[group.Key].Latest, FieldsOf([.. group], known)),
            static value => value,
            cancellationToken));
        return Join(await Task.WhenAll([.. reads]).ConfigureAwait(false));
    }

    /// <summary>Reads everything.</summary>
    public async Task<(List<PriceTick> Ticks, StreamPosition Position)> ReadAllAsync(CancellationToken cancellationToken)
    {
        var reads = layout.Shards.Select(shard =>
            ReadAsync(shard, database => database.HashGetAllAsync(shard.Latest), static entry => entry.Value, cancellationToken));
        var (ticks, position) = Join(await Task.WhenAll([.. reads]).ConfigureAwait(false));
        sources.Note(CollectionsMarshal.AsSpan(ticks));
        return (ticks, position);
    }

    /// <summary>Reads where every stream stands.</summary>
    public async Task<StreamPosition> LocateAsync(CancellationToken cancellationToken)
    {
        var points = await Task.WhenAll(layout.Shards.Select(shard => LocateAsync(shard, cancellationToken))).ConfigureAwait(false);
        return points.OfType<StreamPoint>().Aggregate(StreamPosition.Empty, static (position, point) => position.With(point));
    }

    private async Task<(List<PriceTick> Ticks, StreamPoint? Point)> ReadAsync<T>(
        ShardKeys shard, Func<IDatabase, Task<T[]>> read, Func<T, RedisValue> valueOf, CancellationToken cancellationToken)
    {
        // Both are on their way before either is awaited; Redis answers in this order.
        var locating = LocateAsync(shard, cancellationToken);
        var values = await connection.AskAsync(read(connection.Database), cancellationToken).ConfigureAwait(false);
        var ticks = new List<PriceTick>(values.Length);
        foreach (var value in values)
        {
            Add(ticks, valueOf(value));
        }

        return (ticks, await locating.ConfigureAwait(false));
    }

    private async Task<StreamPoint?> LocateAsync(ShardKeys shard, CancellationToken cancellationToken)
    {
        var values = await connection.AskAsync(connection.Database.StringGetAsync([shard.Epoch, shard.Offset]), cancellationToken).ConfigureAwait(false);
        var (epoch, offset) = (EpochText.Parse(values[0]), (long?)values[1] ?? 0);
        return epoch == 0 ? null : new StreamPoint(shard.Shard, epoch, offset);
    }

    private static void Add(List<PriceTick> ticks, RedisValue value)
    {
        if ((byte[]?)value is not { } bytes)
        {
            return;
        }

        var reader = new WireReader(bytes);
        var tick = TickWire.Read(ref reader);
        if (reader.IsAtEnd)
        {
            ticks.Add(tick);
        }
    }

    private static RedisValue[] FieldsOf(ItemId[] items, IReadOnlyList<SourceId> sources)
    {
        var fields = new RedisValue[items.Length * sources.Count];
        for (var i = 0; i < items.Length; i++)
        {
            for (var j = 0; j < sources.Count; j++)
            {
                fields[(i * sources.Count) + j] = TickBlob.Field(items[i], sources[j]);
            }
        }

        return fields;
    }

    private static (List<PriceTick> Ticks, StreamPosition Position) Join((List<PriceTick> Ticks, StreamPoint? Point)[] shards)
    {
        var position = StreamPosition.Empty;
        var ticks = new List<PriceTick>(shards.Sum(shard => shard.Ticks.Count));
        foreach (var (part, point) in shards)
        {
            ticks.AddRange(part);
            position = point is { } known ? position.With(known) : position;
        }

        ticks.Sort(static (x, y) => x.Item != y.Item ? x.Item.CompareTo(y.Item) : x.Source.CompareTo(y.Source));
        return (ticks, position);
    }
}
