namespace Tracera.Volatility.Streaming;

/// <summary>A series that is not live: what arrives until its memory can be filled from the store.</summary>
/// <remarks>
/// Whatever arrived before <see cref="ReadyAt"/> less the look-back is in the store by then; what arrives later is kept, in order, and added to what the store tells where it is newer.
/// </remarks>
internal sealed class Settling
{
    private const int MaxPending = 1_024;
    private readonly List<PriceTick> _pending = [];

    /// <summary>From when on the memory can be filled.</summary>
    public long ReadyAt { get; private set; }

    /// <summary>When the figures are computed from the store, should it not be live by then; null when nothing changed.</summary>
    public long? ComputeAt { get; set; }

    /// <summary>Takes a tick.</summary>
    /// <param name="tick">The tick.</param>
    /// <param name="now">The present.</param>
    /// <param name="horizon">The end of the present minute.</param>
    /// <param name="lookback">How long a tick takes to the store.</param>
    public void Offer(in PriceTick tick, long now, long horizon, long lookback)
    {
        ComputeAt ??= now + lookback;
        var isNewest = _pending.Count == 0 || tick.ObservedAtMicroseconds > _pending[^1].ObservedAtMicroseconds;
        if (isNewest && tick.ObservedAtMicroseconds < horizon && _pending.Count < MaxPending)
        {
            _pending.Add(tick);
        }
        else if (_pending.Count == 0 || tick.ObservedAtMicroseconds != _pending[^1].ObservedAtMicroseconds || tick.Price != _pending[^1].Price)
        {
            BeginAnew(Math.Max(now, tick.ObservedAtMicroseconds) + lookback);
        }
    }

    /// <summary>Forgets what arrived, and waits until it is in the store.</summary>
    public void BeginAnew(long readyAt)
    {
        _pending.Clear();
        ReadyAt = Math.Max(ReadyAt, readyAt);
    }

    /// <summary>What arrived and is not in the store's answer.</summary>
    /// <param name="latest">When the store's latest tick was observed.</param>
    /// <param name="missing">The ticks, in order.</param>
    /// <returns>False when it cannot be told: some came late, as the store's latest tick shows.</returns>
    public bool TryMissing(long latest, out ReadOnlySpan<PriceTick> missing)
    {
        var pending = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_pending);
        var known = 0;
        while (known < pending.Length && pending[known].ObservedAtMicroseconds <= latest)
        {
            known++;
        }

        // Ticks of a series are committed in the order in which they arrive, so whatever arrived before the latest one is in the store as well.
        missing = pending[known..];
        return known == 0 || pending[known - 1].ObservedAtMicroseconds == latest;
    }
}
