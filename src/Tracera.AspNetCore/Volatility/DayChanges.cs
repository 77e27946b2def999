namespace Tracera.AspNetCore;

/// <summary>Reads the change of the last day of many items; none where the app computes no figures.</summary>
internal sealed class DayChanges(IVolatilityCache? cache = null)
{
    public async ValueTask<IReadOnlyDictionary<SeriesKey, double?>> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        if (cache is null || items.Count == 0)
        {
            return new Dictionary<SeriesKey, double?>();
        }

        try
        {
            var figures = await cache.GetAsync(items, Window.Day1, cancellationToken).ConfigureAwait(false);
            return figures.ToDictionary(figure => figure.Series, figure => figure[MetricFields.PercentChange]);
        }
        catch (TimeoutException)
        {
            // The prices are known all the same.
            return new Dictionary<SeriesKey, double?>();
        }
    }
}
