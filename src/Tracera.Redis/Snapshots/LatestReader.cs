using System.Runtime.InteropServices;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Reads the latest ticks and, before them, the place of each stream. Thread-safe.</summary>
internal sealed class LatestReader(
    RedisConnection connection, RedisLayout layout, SourceBook sources, PositionReader positions, LocalLatest local)
{
    /// <summary>Reads some items: what is kept here and is as new as Redis, and the rest of each shard in one go.</summary>
    public async Task<(IReadOnlyList<PriceTick> Ticks, StreamPosition Position)> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        items = InOrder(items);
        var located = await positions.ReadAsync(cancellationToken).ConfigureAwait(false);
        var here = local.Read(items, located, out var missing);
        if (missing is null)
        {
            return (here, located.Position);
        }

        var ticks = new List<PriceTick>(items.Count * Math.Max(1, sources.Known.Count));
        ticks.AddRange(here);
        await AddAsync(missing, ticks, cancellationToken).ConfigureAwait(false);
        Sort(ticks);
        return (ticks, located.Position);
    }

    /// <summary>Reads everything.</summary>
    public async Task<(IReadOnlyList<PriceTick> Ticks, StreamPosition Position)> ReadAllAsync(CancellationToken cancellationToken)
    {
        var located = await positions.ReadAsync(cancellationToken).ConfigureAwait(false);
        var shards = await Task.WhenAll(layout.Shards.Select(shard =>
            connection.AskAsync(connection.Database.HashGetAllAsync(shard.Latest), cancellationToken))).ConfigureAwait(false);
        var ticks = new List<PriceTick>(shards.Sum(shard => shard.Length));
        foreach (var entry in shards.SelectMany(static shard => shard))
        {
            Add(ticks, entry.Value);
        }

        Sort(ticks);
        sources.Note(CollectionsMarshal.AsSpan(ticks));
        return (ticks, located.Position);
    }

    /// <summary>Reads where every stream stands.</summary>
    public async Task<StreamPosition> LocateAsync(CancellationToken cancellationToken) =>
        (await positions.ReadAsync(cancellationToken).ConfigureAwait(false)).Position;

    /// <summary>Sorts by series.</summary>
    public static void Sort(List<PriceTick> ticks) =>
        ticks.Sort(static (x, y) => x.Item != y.Item ? x.Item.CompareTo(y.Item) : x.Source.CompareTo(y.Source));

    private async Task AddAsync(List<MissingItem> missing, List<PriceTick> ticks, CancellationToken cancellationToken)
    {
        // After the items are held, so that a source that is not yet known comes with its first update; where one may have been missed, nothing that is read is kept.
        var (isComplete, known) = (sources.IsComplete, sources.Known);
        var shards = missing.GroupBy(item => item.Shard).Select(shard => shard.ToArray()).ToList();
        var answers = await Task.WhenAll(shards.Select(shard => connection.AskAsync(
            connection.Database.HashGetAsync(layout.Shards[shard[0].Shard].Latest, FieldsOf(shard, known)), cancellationToken))).ConfigureAwait(false);
        for (var i = 0; i < answers.Length; i++)
        {
            for (var j = 0; j < shards[i].Length; j++)
            {
                var before = ticks.Count;
                foreach (var value in answers[i].AsSpan(j * known.Count, known.Count))
                {
                    Add(ticks, value);
                }

                if (isComplete)
                {
                    local.Load(shards[i][j], CollectionsMarshal.AsSpan(ticks)[before..]);
                }
            }
        }
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

    private static RedisValue[] FieldsOf(MissingItem[] items, IReadOnlyList<SourceId> sources)
    {
        var fields = new RedisValue[items.Length * sources.Count];
        for (var i = 0; i < items.Length; i++)
        {
            for (var j = 0; j < sources.Count; j++)
            {
                fields[(i * sources.Count) + j] = TickBlob.Field(items[i].Item, sources[j]);
            }
        }

        return fields;
    }

    private static IReadOnlyList<ItemId> InOrder(IReadOnlyList<ItemId> items)
    {
        for (var i = 1; i < items.Count; i++)
        {
            if (items[i].CompareTo(items[i - 1]) <= 0)
            {
                return [.. items.Distinct().Order()];
            }
        }

        return items;
    }
}
