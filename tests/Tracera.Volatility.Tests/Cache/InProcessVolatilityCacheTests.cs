using Microsoft.Extensions.Options;
using Tracera.Volatility.Cache;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Cache;

public sealed class InProcessVolatilityCacheTests : IDisposable
{
    private readonly TestMeters _meters = new();
    private readonly TestLogger<InProcessVolatilityCache> _logger = new();

    [Fact]
    public async Task Get_SeveralItemsSourcesAndWindows_ComesInOrder()
    {
        var cache = Create();
        var day = Some.Snapshot(Some.Series(1, 2), window: Window.Day1);
        var (b, a, c) = (Some.Snapshot(Some.Series(1, 2)), Some.Snapshot(Some.Series(1, 1)), Some.Snapshot(Some.Series(2)));
        await cache.StoreAsync([c, day, b, a], Token);
        Assert.Equal([a, b, day, c], await cache.GetAsync([new ItemId(2), new ItemId(1), new ItemId(1), new ItemId(9)], null, Token));
        Assert.Equal([day], await cache.GetAsync([new ItemId(1)], Window.Day1, Token));
    }

    [Fact]
    public async Task Store_OlderFigures_AreIgnored()
    {
        var cache = Create();
        var newer = Some.Snapshot(Some.Series(1), 0.2);
        await cache.StoreAsync([newer], Token);
        await cache.StoreAsync([Some.Snapshot(Some.Series(1), 0.9, computedAt: Some.Instant - TimeSpan.FromSeconds(1))], Token);
        Assert.Same(newer, Assert.Single(await cache.GetAsync([new ItemId(1)], null, Token)));
    }

    [Fact]
    public async Task Store_MoreSeriesThanAllowed_RefusesCountsAndLogsOnce()
    {
        var cache = Create(2);
        await cache.StoreAsync([Some.Snapshot(Some.Series(1)), Some.Snapshot(Some.Series(1, 2)), Some.Snapshot(Some.Series(3))], Token);
        await cache.StoreAsync([Some.Snapshot(Some.Series(4)), Some.Snapshot(Some.Series(1), 0.5)], Token);
        Assert.Equal(2, _meters[VolatilityInstruments.CacheRefused]);
        Assert.Equal(1, _logger.Times(4300));
        Assert.Empty(await cache.GetAsync([new ItemId(3), new ItemId(4)], null, Token));
        Assert.Equal(2, (await cache.GetAsync([new ItemId(1)], null, Token)).Count);
    }

    [Fact]
    public async Task Store_SeriesWhoseWindowsAllBecameEmpty_MakesRoom()
    {
        var cache = Create(1);
        await cache.StoreAsync([Some.Snapshot(Some.Series(1)), Some.Snapshot(Some.Series(1), window: Window.Day1)], Token);
        await cache.StoreAsync([Some.Snapshot(Some.Series(1), double.NaN, 0)], Token);
        Assert.Equal([0, 10], (await cache.GetAsync([new ItemId(1)], null, Token)).Select(snapshot => snapshot.Count));
        await cache.StoreAsync([Some.Snapshot(Some.Series(1), double.NaN, 0, Window.Day1)], Token);
        await cache.StoreAsync([Some.Snapshot(Some.Series(2))], Token);
        Assert.Equal(new ItemId(2), Assert.Single(await cache.GetAsync([new ItemId(1), new ItemId(2)], null, Token)).Series.Item);
    }

    [Fact]
    public async Task Store_ManyReadersAndOneWriter_NeverShowsASeriesTwice()
    {
        var cache = Create();
        var writing = Task.Run(
            async () =>
            {
                for (var i = 0; i < 2_000; i++)
                {
                    await cache.StoreAsync([Some.Snapshot(Some.Series(1 + (i % 50), 1 + (i % 3)), i, computedAt: Some.Instant.AddSeconds(i))], Token);
                }
            },
            Token);
        while (!writing.IsCompleted)
        {
            var ranked = await cache.RankAsync(new RankingQuery(Window.Hour1, 100), Token);
            Assert.Equal(ranked.Count, ranked.Select(snapshot => snapshot.Series.Item).Distinct().Count());
        }

        await writing;
        Assert.Equal(50, (await cache.RankAsync(new RankingQuery(Window.Hour1, 100), Token)).Count);
    }

    public void Dispose() => _meters.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private InProcessVolatilityCache Create(int maxSeries = 1_000) =>
        new(Options.Create(new VolatilityOptions { MaxSeries = maxSeries }), _meters.Volatility, _logger);
}
