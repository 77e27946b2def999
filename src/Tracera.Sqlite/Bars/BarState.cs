namespace Tracera.Sqlite;

/// <summary>A bar as the store keeps it: with exact sums and the instants of its open, close and volume, so that it merges in any order.</summary>
/// <remarks>Times are microseconds since 1970-01-01 UTC. <see cref="VolumeAt"/> says nothing where <see cref="Volume"/> is null.</remarks>
internal sealed record BarState(
    long Start,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    long OpenAt,
    long CloseAt,
    decimal? Volume,
    long VolumeAt,
    BarSums Sums)
{
    /// <summary>The bar of a single tick.</summary>
    public static BarState Of(BarLevel level, long observedAt, decimal price, decimal? volume)
    {
        var start = level.Floor(observedAt);
        return new BarState(start, price, price, price, price, observedAt, observedAt, volume, observedAt, BarSums.Of(price, observedAt - start));
    }

    /// <summary>This bar and another one of the same bucket as one.</summary>
    public BarState Merge(BarState other, VolumeKind kind)
    {
        var (volume, volumeAt) = MergeVolume(other, kind);
        var (first, last) = (other.OpenAt < OpenAt ? other : this, other.CloseAt > CloseAt ? other : this);
        return new BarState(
            Start,
            first.Open,
            Math.Max(High, other.High),
            Math.Min(Low, other.Low),
            last.Close,
            first.OpenAt,
            last.CloseAt,
            volume,
            volumeAt,
            Sums + other.Sums);
    }

    /// <summary>The same ticks in the wider bucket that holds this one.</summary>
    public BarState Widen(BarLevel wider)
    {
        var start = wider.Floor(Start);
        return this with { Start = start, Sums = Sums.Shift(Start - start) };
    }

    /// <summary>This bar with one tick's price and volume replaced, where its other ticks cannot be read: sums stay exact, high and low only widen.</summary>
    public BarState Correct(TickChange change, VolumeKind kind)
    {
        var (tick, old) = (change.Tick, change.Old!.Value);
        var at = tick.ObservedAtMicroseconds;
        var (volume, volumeAt) = CorrectVolume(tick, old.Volume, kind);
        return this with
        {
            Open = at == OpenAt ? tick.Price : Open,
            Close = at == CloseAt ? tick.Price : Close,
            High = Math.Max(High, tick.Price),
            Low = Math.Min(Low, tick.Price),
            Volume = volume,
            VolumeAt = volumeAt,
            Sums = Sums + Negative(BarSums.Of(old.Price, at - Start)) + BarSums.Of(tick.Price, at - Start),
        };
    }

    public Bar ToBar() => new(Start, Open, High, Low, Close, Volume, Sums.ToMoments(Open));

    private static BarSums Negative(BarSums sums) =>
        new(-sums.Count, sums.Scale, -sums.Price, -sums.PriceSquared, -sums.Time, -sums.TimeSquared, -sums.TimePrice);

    // A sum beyond what a decimal holds stays at its end rather than stopping the pipeline for good.
    private static decimal Sum(decimal left, decimal right) =>
        left > decimal.MaxValue - right ? decimal.MaxValue : left + right;

    private (decimal? Volume, long VolumeAt) MergeVolume(BarState other, VolumeKind kind)
    {
        if (Volume is not { } mine || other.Volume is not { } theirs)
        {
            return Volume is null ? (other.Volume, other.VolumeAt) : (Volume, VolumeAt);
        }

        if (kind == VolumeKind.Traded)
        {
            return (Sum(mine, theirs), Math.Max(VolumeAt, other.VolumeAt));
        }

        return other.VolumeAt > VolumeAt ? (theirs, other.VolumeAt) : (mine, VolumeAt);
    }

    private (decimal? Volume, long VolumeAt) CorrectVolume(in PriceTick tick, decimal? before, VolumeKind kind)
    {
        if (kind == VolumeKind.Traded)
        {
            var isKnown = Volume is not null || tick.Volume is not null;
            return (isKnown ? Sum((Volume ?? 0) - (before ?? 0), tick.Volume ?? 0) : null, VolumeAt);
        }

        var isLast = tick.Volume is not null && (Volume is null || tick.ObservedAtMicroseconds >= VolumeAt);
        return isLast ? (tick.Volume, tick.ObservedAtMicroseconds) : (Volume, VolumeAt);
    }
}
