using System.Runtime.InteropServices;
using Tracera.Shared;

namespace Tracera.Redis;

/// <summary>Sorts ticks by shard and keeps of each series the newest, by the rule that <c>publish_ticks.lua</c> keeps: one call of the script takes a series once. Not thread-safe.</summary>
internal sealed class TickFold(RedisLayout layout)
{
    private readonly List<PriceTick>[] _shards = [.. layout.Shards.Select(_ => new List<PriceTick>())];
    private readonly Dictionary<SeriesKey, int> _places = [];

    /// <summary>The ticks of a shard.</summary>
    public ReadOnlySpan<PriceTick> this[int shard] => CollectionsMarshal.AsSpan(_shards[shard]);

    /// <summary>Takes a tick, and says what became of it or of the one that it replaced.</summary>
    public WriteOutcome Add(in PriceTick tick)
    {
        var shard = _shards[layout.ShardOf(tick.Item)];
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, tick.Series, out var isKnown);
        if (!isKnown)
        {
            place = shard.Count;
            shard.Add(tick);
            return default;
        }

        var fate = TickFates.Compare(shard[place], tick);
        if (fate is TickFate.Latest or TickFate.Corrected)
        {
            shard[place] = tick;
        }

        return fate == TickFate.Duplicate ? new WriteOutcome(0, Duplicate: 1) : new WriteOutcome(0, Conflated: 1);
    }

    public void Clear()
    {
        _places.Clear();
        foreach (var shard in _shards)
        {
            shard.Clear();
        }
    }
}
