namespace Tracera.Redis;

/// <summary>The latest ticks of one item, in order of source. Not thread-safe: its shard's lock guards it.</summary>
internal sealed class LocalItem(ItemId item)
{
    private PriceTick[] _ticks = [];

    public ItemId Item { get; } = item;

    public ReadOnlySpan<PriceTick> Ticks => _ticks;

    /// <summary>Whether it holds what Redis holds; before, only what came since it was asked for.</summary>
    public bool IsLoaded { get; set; }

    /// <summary>Whether it was asked for since it was last passed over for another.</summary>
    public bool WasUsed { get; set; }

    /// <summary>How much room it takes, in ticks.</summary>
    public int Size => Math.Max(1, _ticks.Length);

    /// <summary>Takes a tick, unless there is a newer one of its source.</summary>
    public void Take(in PriceTick tick)
    {
        var at = 0;
        while (at < _ticks.Length && _ticks[at].Source.CompareTo(tick.Source) < 0)
        {
            at++;
        }

        if (at == _ticks.Length || _ticks[at].Source != tick.Source)
        {
            _ticks = [.. _ticks.AsSpan(0, at), tick, .. _ticks.AsSpan(at)];
        }
        else if (tick.IsNewerThan(_ticks[at]))
        {
            _ticks[at] = tick;
        }
    }
}
