namespace Tracera.Postgres.Tests;

/// <summary>A bar of the ticks of a bucket, by the sums of the contract.</summary>
internal static class TickBars
{
    public static Bar Of(long start, IReadOnlyList<PriceTick> ticks, VolumeKind kind)
    {
        var sums = ticks.Aggregate(default(BarSums), (sum, tick) => sum + BarSums.Of(tick.Price, tick.ObservedAtMicroseconds - start));
        var volumes = ticks.Where(tick => tick.Volume is not null).Select(tick => tick.Volume).ToList();
        var volume = volumes.Count == 0 ? null : kind == VolumeKind.Traded ? volumes.Sum() : volumes[^1];
        var open = ticks[0].Price;
        return new Bar(start, open, ticks.Max(tick => tick.Price), ticks.Min(tick => tick.Price), ticks[^1].Price, volume, sums.ToMoments(open));
    }
}
