namespace Tracera.Testing;

/// <summary>Makes a bar of the ticks of a bucket, from the exact sums.</summary>
internal static class InMemoryBars
{
    public static Bar Of(long start, IReadOnlyList<PriceTick> ticks, VolumeKind kind)
    {
        var sums = default(BarSums);
        foreach (var tick in ticks)
        {
            sums += BarSums.Of(tick.Price, tick.ObservedAtMicroseconds - start);
        }

        var open = ticks[0].Price;
        return new Bar(
            start, open, ticks.Max(tick => tick.Price), ticks.Min(tick => tick.Price), ticks[^1].Price, VolumeOf(ticks, kind), sums.ToMoments(open));
    }

    private static decimal? VolumeOf(IReadOnlyList<PriceTick> ticks, VolumeKind kind)
    {
        var volumes = ticks.Where(tick => tick.Volume is not null).Select(tick => tick.Volume).ToList();
        return volumes.Count == 0 ? null : kind == VolumeKind.Traded ? volumes.Sum() : volumes[^1];
    }
}
