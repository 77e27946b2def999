using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>The latest value of one series: its price, or its figures in one window.</summary>
/// <remarks>Guarded by the index's lock. Its identity is what clients' queues conflate by.</remarks>
internal sealed class LatestSlot(SourceId source, Window? window)
{
    private PriceTick _tick;
    private VolatilitySnapshot? _figures;
    private bool _hasValue;

    public SourceId Source { get; } = source;

    /// <summary>The window of figures; null for the price.</summary>
    public Window? Window { get; } = window;

    public Channels Channel => Window is null ? Channels.Price : Channels.Volatility;

    /// <summary>Where in the stream the value came; null when it is known from a snapshot alone.</summary>
    public StreamPoint? Point { get; private set; }

    /// <summary>Whether the value has not been told to those who have come to its place, because its source had no name; whoever comes back lacks it.</summary>
    public bool IsUntold { get; set; }

    /// <summary>The encoded value in its one part; null until a client needs it.</summary>
    public ReadOnlyMemory<byte>[]? Update { get; private set; }

    /// <summary>Takes a price unless the one it has is as new.</summary>
    public bool TryTake(in PriceTick tick, StreamPoint? point)
    {
        if (_hasValue && !tick.IsNewerThan(_tick))
        {
            Known(point, isSame: !_tick.IsNewerThan(tick));
            return false;
        }

        _tick = tick;
        return Taken(point);
    }

    /// <summary>Takes figures unless those it has are newer. Of the same instant, those of the stream count as newer, those of a snapshot do not.</summary>
    public bool TryTake(VolatilitySnapshot figures, StreamPoint? point)
    {
        var isNewer = _figures is null
            || figures.ComputedAt > _figures.ComputedAt
            || (figures.ComputedAt == _figures.ComputedAt && point is not null && !ReferenceEquals(figures, _figures));
        if (!isNewer)
        {
            Known(point, isSame: figures.ComputedAt == _figures!.ComputedAt);
            return false;
        }

        _figures = figures;
        return Taken(point);
    }

    /// <summary>Whether a client that has come to a position lacks the value.</summary>
    public bool IsAfter(StreamPosition since) =>
        IsUntold || Point is not { } point || (since.Find(point.Shard) is { } known && known.Epoch == point.Epoch && known.Offset < point.Offset);

    public ReadOnlyMemory<byte>[] Encode(UpdateEncoder encoder, Source source) =>
        Update ??= [Window is null ? encoder.Encode(_tick, source) : encoder.Encode(_figures!, source)];

    // The place of an older value is not that of the one that stands: a client that has come to it may lack this one.
    private void Known(StreamPoint? point, bool isSame) => Point ??= isSame ? point : null;

    private bool Taken(StreamPoint? point)
    {
        _hasValue = true;
        IsUntold = false;
        Point = point;
        Update = null;
        return true;
    }
}
