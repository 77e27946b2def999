namespace Tracera.Redis;

/// <summary>Figures and rankings in Redis, shared by every host. Thread-safe.</summary>
/// <remarks>While Redis is away, what this host has computed itself is read from its memory, and one that has computed nothing does not say that there is nothing; storing fails, so that the figures are computed and offered again.</remarks>
internal sealed class RedisVolatilityCache(
    FigureStore figures, RankingStore rankings, FigureRanking others, FigureMemory memory, RedisState state, RedisMeter meter) : IVolatilityCache
{
    private const int MaxRounds = 10;
    private const int MostPlaces = 1_000;

    public async ValueTask StoreAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        memory.Put(snapshots);
        await PutAsync(snapshots, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Offers everything that this host remembers.</summary>
    public async Task RefillAsync(CancellationToken cancellationToken)
    {
        foreach (var part in memory.Items.Chunk(500))
        {
            await PutAsync([.. part.SelectMany(item => item)], cancellationToken).ConfigureAwait(false);
        }
    }

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> GetAsync(IReadOnlyList<ItemId> items, Window? window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        return new(AskAsync(
            async () => await ReadAsync(items, window, cancellationToken).ConfigureAwait(false),
            () => [.. items.Distinct().Order().SelectMany(memory.Of).Where(snapshot => window is null || snapshot.Window == window)],
            cancellationToken));
    }

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> RankAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        return new(AskAsync(
            async () => query.Field == MetricFields.VolatilityScore
                ? await RankedAsync(query, cancellationToken).ConfigureAwait(false)
                : await others.ReadAsync(query, cancellationToken).ConfigureAwait(false),
            () => FigureOrder.Rank(
                memory.Items
                    .Select(item => FigureOrder.Choose(item.Where(snapshot => snapshot.Window == query.Window), query.Source, query.Field))
                    .OfType<VolatilitySnapshot>(),
                query),
            cancellationToken));
    }

    private async Task PutAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        var groups = snapshots.GroupBy(snapshot => (snapshot.Window, snapshot.Series.Item)).Select(group => group.ToList()).ToList();
        var standing = await Task.WhenAll(groups.Select(group => figures.PutAsync(group, cancellationToken))).ConfigureAwait(false);
        var places = groups.Zip(standing).SelectMany(pair => PlacesOf(pair.First, pair.Second));
        await rankings.PutAsync(places, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<RankingStore.Place> PlacesOf(List<VolatilitySnapshot> stored, List<VolatilitySnapshot> standing)
    {
        var (window, item) = (stored[0].Window, stored[0].Series.Item);
        foreach (var source in stored.Select(snapshot => snapshot.Series.Source).Distinct())
        {
            yield return new RankingStore.Place(window, source, item, Score(FigureOrder.Choose(standing, source)));
        }

        yield return new RankingStore.Place(window, null, item, Score(FigureOrder.Choose(standing, null)));
    }

    private static double? Score(VolatilitySnapshot? chosen) => chosen is null ? null : FigureOrder.Score(chosen);

    private async Task<IReadOnlyList<VolatilitySnapshot>> ReadAsync(IReadOnlyList<ItemId> items, Window? window, CancellationToken cancellationToken)
    {
        var reads = items.Distinct().SelectMany(
            _ => Window.All.Where(candidate => window is null || candidate == window), (item, candidate) => figures.GetAsync(candidate, item, cancellationToken));
        var found = await Task.WhenAll([.. reads]).ConfigureAwait(false);
        return [.. found.SelectMany(snapshots => snapshots).OrderBy(FigureOrder.BySeries)];
    }

    private async Task<IReadOnlyList<VolatilitySnapshot>> RankedAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        for (var round = 0; ; round++)
        {
            // Twice as many each time, so that a row of those that have gone is soon passed.
            var wider = query with { Limit = (int)Math.Min((long)query.Limit << round, Math.Max(query.Limit, MostPlaces)) };
            var items = await rankings.FirstAsync(wider, cancellationToken).ConfigureAwait(false);
            var chosen = await ChooseAsync(query, items, cancellationToken).ConfigureAwait(false);
            var gone = items.Where((_, at) => chosen[at] is null).ToList();
            await RemoveAsync(query, gone, cancellationToken).ConfigureAwait(false);
            if (gone.Count == 0 || items.Count - gone.Count >= query.Limit || round == MaxRounds)
            {
                return FigureOrder.Rank(chosen.OfType<VolatilitySnapshot>(), query);
            }
        }
    }

    private async Task<List<VolatilitySnapshot?>> ChooseAsync(RankingQuery query, IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(items.Select(item => figures.GetAsync(query.Window, item, cancellationToken))).ConfigureAwait(false);
        return [.. found.Select(snapshots => FigureOrder.Choose(snapshots, query.Source))];
    }

    // Figures whose time is over have left their hash, but not the ranking. Some may be computed anew just then: those get their place back.
    private async Task RemoveAsync(RankingQuery query, List<ItemId> gone, CancellationToken cancellationToken)
    {
        if (gone.Count == 0)
        {
            return;
        }

        await rankings.PutAsync(gone.Select(item => new RankingStore.Place(query.Window, query.Source, item, null)), cancellationToken).ConfigureAwait(false);
        var back = (await ChooseAsync(query, gone, cancellationToken).ConfigureAwait(false)).OfType<VolatilitySnapshot>().ToList();
        if (back.Count > 0)
        {
            await rankings.PutAsync(
                back.Select(snapshot => new RankingStore.Place(query.Window, query.Source, snapshot.Series.Item, Score(snapshot))), cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<VolatilitySnapshot>> AskAsync(
        Func<Task<IReadOnlyList<VolatilitySnapshot>>> ask, Func<IReadOnlyList<VolatilitySnapshot>> remember, CancellationToken cancellationToken)
    {
        if (!state.IsAway)
        {
            try
            {
                return await ask().ConfigureAwait(false);
            }
            catch (Exception fault) when (FaultText.IsAway(fault) && !cancellationToken.IsCancellationRequested)
            {
                state.Fails(fault);
            }
        }

        meter.Fallback();
        return memory.IsEmpty ? throw new TimeoutException("Redis does not answer, and this host has computed no figures.") : remember();
    }
}
