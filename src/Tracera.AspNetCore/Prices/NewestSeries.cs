namespace Tracera.AspNetCore;

/// <summary>Chooses the one series that is meant where several may be: the one with the newest price.</summary>
internal sealed class NewestSeries(SourceDirectory sources, LatestPrices latest)
{
    /// <summary>Chooses among the series that the filter lets through.</summary>
    /// <returns>The series' source; null when nothing is asked for by name and the item has no price.</returns>
    /// <exception cref="ProblemException">No source passes the filter.</exception>
    public async ValueTask<Source?> ChooseAsync(ItemId item, SeriesFilter filter, CancellationToken cancellationToken)
    {
        IReadOnlyList<Source> candidates = filter.IsEmpty ? [] : await sources.FindAsync(filter, cancellationToken).ConfigureAwait(false);
        if (candidates.Count == 1)
        {
            return candidates[0];
        }

        var reading = await latest.ReadAsync([item], cancellationToken).ConfigureAwait(false);
        return Newest.Of(reading.Prices, filter)?.Source ?? (candidates.Count > 0 ? candidates[0] : null);
    }
}
