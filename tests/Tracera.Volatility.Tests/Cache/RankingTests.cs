using Microsoft.Extensions.Options;
using Tracera.Volatility.Cache;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Cache;

public sealed class RankingTests : IDisposable
{
    private readonly TestMeters _meters = new();
    private readonly InProcessVolatilityCache _cache;

    public RankingTests() =>
        _cache = new InProcessVolatilityCache(Options.Create(new VolatilityOptions()), _meters.Volatility, new TestLogger<InProcessVolatilityCache>());

    [Fact]
    public async Task Rank_ManyItems_EqualsSortingThemAll()
    {
        var random = new Random(11);
        var all = Enumerable.Range(1, 500).Select(item => Some.Snapshot(Some.Series(item), random.Next(0, 60) / 100d)).ToArray();
        await _cache.StoreAsync(all, Token);
        foreach (var limit in (int[])[1, 7, 100, 101, 499, 500, 10_000])
        {
            var down = all.OrderByDescending(Score).ThenBy(snapshot => snapshot.Series.Item).Take(limit);
            Assert.Equal(down, await _cache.RankAsync(new RankingQuery(Window.Hour1, limit), Token));
            var up = all.OrderBy(Score).ThenBy(snapshot => snapshot.Series.Item).Take(limit);
            Assert.Equal(up, await _cache.RankAsync(new RankingQuery(Window.Hour1, limit, Ascending: true), Token));
        }
    }

    [Fact]
    public async Task Rank_WithoutSource_TakesTheSourceWithTheMostObservations()
    {
        await _cache.StoreAsync(
            [
                Some.Snapshot(Some.Series(1, 1), 0.9, 5), Some.Snapshot(Some.Series(1, 2), 0.1, 50),
                Some.Snapshot(Some.Series(2, 3), 0.5, 7), Some.Snapshot(Some.Series(2, 2), 0.4, 7),
            ],
            Token);
        var ranked = await _cache.RankAsync(new RankingQuery(Window.Hour1, 10), Token);
        Assert.Equal([Some.Series(2, 2), Some.Series(1, 2)], ranked.Select(snapshot => snapshot.Series));
    }

    [Fact]
    public async Task Rank_OneSource_HoldsOnlyIt()
    {
        await _cache.StoreAsync([Some.Snapshot(Some.Series(1, 1), 0.9, 5), Some.Snapshot(Some.Series(1, 2), 0.1, 50)], Token);
        var ranked = await _cache.RankAsync(new RankingQuery(Window.Hour1, 10, new SourceId(1)), Token);
        Assert.Equal(Some.Series(1, 1), Assert.Single(ranked).Series);
    }

    [Fact]
    public async Task Rank_WindowsAndMissingScores_AreKeptApart()
    {
        await _cache.StoreAsync(
            [Some.Snapshot(Some.Series(1), double.NaN), Some.Snapshot(Some.Series(2), window: Window.Day1)], Token);
        Assert.Empty(await _cache.RankAsync(new RankingQuery(Window.Hour1, 10), Token));
        Assert.Single(await _cache.RankAsync(new RankingQuery(Window.Day1, 10), Token));
    }

    [Fact]
    public async Task Rank_FiguresChangedSinceTheLastReading_ShowsThem()
    {
        await _cache.StoreAsync([Some.Snapshot(Some.Series(1), 0.1), Some.Snapshot(Some.Series(2), 0.2)], Token);
        var query = new RankingQuery(Window.Hour1, 1);
        Assert.Equal(new ItemId(2), Assert.Single(await _cache.RankAsync(query, Token)).Series.Item);
        await _cache.StoreAsync([Some.Snapshot(Some.Series(1), 0.3)], Token);
        Assert.Equal(new ItemId(1), Assert.Single(await _cache.RankAsync(query, Token)).Series.Item);
    }

    [Fact]
    public async Task Rank_ByAnotherFigure_IsOrderedByItAndHoldsWhoHasIt()
    {
        VolatilitySnapshot[] all = [Figures(1, 3, 1), Figures(2, 5, 0.5), Figures(3, double.NaN, 3), Figures(4, 9, double.NaN), Some.Figures(5, ("volatility_score", 2)), Some.Figures(6, ("mine", 7))];
        await _cache.StoreAsync(all, Token);
        var query = new RankingQuery(Window.Hour1, 10, Field: "mine");
        Assert.Equal([2, 1], (await _cache.RankAsync(query, Token)).Select(snapshot => snapshot.Series.Item.Value));
        Assert.Equal([1, 2], (await _cache.RankAsync(query with { Ascending = true }, Token)).Select(snapshot => snapshot.Series.Item.Value));
        Assert.Equal([3, 5, 1, 2], (await _cache.RankAsync(new RankingQuery(Window.Hour1, 10), Token)).Select(snapshot => snapshot.Series.Item.Value));
        Assert.Empty(await _cache.RankAsync(query with { Field = "nobody_computes_it" }, Token));
    }

    [Fact]
    public async Task Rank_LimitOfZero_IsRefused() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await _cache.RankAsync(new RankingQuery(Window.Hour1, 0), Token));

    public void Dispose() => _meters.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static VolatilitySnapshot Figures(int item, double mine, double score) => Some.Figures(item, ("mine", mine), ("volatility_score", score));

    private static double? Score(VolatilitySnapshot snapshot) => snapshot[MetricFields.VolatilityScore];
}
