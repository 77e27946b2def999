namespace Tracera.Redis;

/// <summary>The latest ticks of one item, in order of source. Changed under its shard's lock; read without, since a change puts new ticks in the place of the old.</summary>
internal sealed class LocalItem(ItemId item)
{
    private volatile PriceTick[] _ticks = [];
    private volatile bool _isLoaded;
    private volatile bool _wasUsed;

    public ItemId Item { get; } = item;

    /// <summary>The ticks; never changed.</summary>
    public PriceTick[] Ticks => _ticks;

    /// <summary>Whether it holds what Redis holds; before, only what came since it was asked for.</summary>
    public bool IsLoaded
    {
        get => _isLoaded;
        set => _isLoaded = value;
    }

    /// <summary>Whether it was asked for since it was last passed over for another.</summary>
    public bool WasUsed
    {
        get => _wasUsed;
        set
        {
            // Most often it was, and then nothing is written that other processors read.
            if (_wasUsed != value)
            {
                _wasUsed = value;
            }
        }
    }

    /// <summary>How much room it takes, in ticks.</summary>
    public int Size => Math.Max(1, _ticks.Length);

    /// <summary>Takes a tick, unless there is a newer one of its source.</summary>
    public void Take(in PriceTick tick)
    {
        ReadOnlySpan<PriceTick> ticks = _ticks;
        var at = 0;
        while (at < ticks.Length && ticks[at].Source.CompareTo(tick.Source) < 0)
        {
            at++;
        }

        if (at == ticks.Length || ticks[at].Source != tick.Source)
        {
            _ticks = [.. ticks[..at], tick, .. ticks[at..]];
        }
        else if (tick.IsNewerThan(ticks[at]))
        {
            _ticks = [.. ticks[..at], tick, .. ticks[(at + 1)..]];
        }
    }
}
