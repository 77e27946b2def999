namespace Tracera.AspNetCore;

/// <summary>Picks the newest of several prices.</summary>
internal static class Newest
{
    /// <summary>The newest by (observed at, received at) among those whose source passes; null when there is none.</summary>
    public static SourcedTick? Of(IEnumerable<SourcedTick> prices, SeriesFilter filter)
    {
        SourcedTick? newest = null;
        foreach (var price in prices)
        {
            if (filter.Matches(price.Source) && (newest is not { } best || price.Tick.IsNewerThan(best.Tick)))
            {
                newest = price;
            }
        }

        return newest;
    }
}
