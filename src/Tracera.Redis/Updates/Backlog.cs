namespace Tracera.Redis;

/// <summary>Joins the batches that wait for a slow subscriber: of each shard one, with the newest of each series.</summary>
internal static class Backlog
{
    public static IEnumerable<UpdateBatch> Join(IEnumerable<UpdateBatch> waiting) => waiting.GroupBy(batch => batch.Point.Shard).Select(JoinShard);

    private static UpdateBatch JoinShard(IEnumerable<UpdateBatch> batches)
    {
        var prices = new Dictionary<SeriesKey, PriceTick>();
        var figures = new Dictionary<(SeriesKey Series, Window Window), VolatilitySnapshot>();
        var point = default(StreamPoint);
        foreach (var batch in batches)
        {
            point = batch.Point;
            foreach (ref readonly var tick in batch.Prices.Span)
            {
                prices[tick.Series] = tick;
            }

            foreach (var figure in batch.Volatility)
            {
                figures[(figure.Series, figure.Window)] = figure;
            }
        }

        return new UpdateBatch(point, prices.Values.ToArray(), [.. figures.Values], Gap: true);
    }
}
