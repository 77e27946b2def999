namespace Tracera.AspNetCore.Tests;

/// <summary>A cache of figures in memory.</summary>
internal sealed class FakeFigures : IVolatilityCache
{
    public List<VolatilitySnapshot> Snapshots { get; } = [];

    public int Reads { get; private set; }

    public void Add(
        Item item, Source source, Window window, long count, double mean, DateTimeOffset computedAt, params (string Field, double Value)[] figures) =>
        Snapshots.Add(new VolatilitySnapshot(
            new SeriesKey(item.Id, source.Id),
            window,
            count,
            mean,
            [.. figures.Select(figure => figure.Field)],
            figures.Select(figure => figure.Value).ToArray(),
            computedAt));

    public ValueTask StoreAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> GetAsync(
        IReadOnlyList<ItemId> items, Window? window, CancellationToken cancellationToken)
    {
        Reads++;
        return ValueTask.FromResult<IReadOnlyList<VolatilitySnapshot>>(
            [.. Snapshots.Where(snapshot => items.Contains(snapshot.Series.Item) && (window is null || snapshot.Window == window))]);
    }

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> RankAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        var ranked = Snapshots
            .Where(snapshot => snapshot.Window == query.Window && snapshot[MetricFields.VolatilityScore] is not null && snapshot[query.Field] is not null)
            .Where(snapshot => query.Source is null || snapshot.Series.Source == query.Source)
            .GroupBy(snapshot => snapshot.Series.Item)
            .Select(item => item.MaxBy(snapshot => snapshot.Count)!)
            .OrderByDescending(snapshot => snapshot[query.Field] * (query.Ascending ? -1 : 1))
            .Take(query.Limit);
        return ValueTask.FromResult<IReadOnlyList<VolatilitySnapshot>>([.. ranked]);
    }
}
