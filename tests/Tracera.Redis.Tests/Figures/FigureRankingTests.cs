using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Figures;

public sealed class FigureRankingTests(SharedRedis redis)
{
    private const string Mine = "mine.deep";
    private static readonly string[] Fields = [Mine, MetricFields.VolatilityScore];
    private static readonly DateTimeOffset At = BarLevel.Minute1.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(-10);

    [Fact]
    public async Task Rank_ByAnotherFigure_IsOrderedByItAndHoldsWhoHasItAndAScore()
    {
        await using var host = await RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix());
        VolatilitySnapshot[] figures =
        [
            Make(1, 1, 3, 0.9), Make(2, 1, 5, 0.1), Make(3, 1, double.NaN, 0.5), Make(4, 1, 9, double.NaN), Make(5, 1, 4, 0.5), Make(5, 2, 7, 0.1, count: 99),
        ];
        await host.Cache.StoreAsync(figures, RedisHost.Token);

        var query = new RankingQuery(Window.Hour1, 10, Field: Mine);
        Assert.Equal([(5, 7), (2, 5), (1, 3)], await RankAsync(host, query));
        Assert.Equal([(5, 7), (2, 5)], await RankAsync(host, query with { Limit = 2 }));
        Assert.Equal([(1, 3), (2, 5), (5, 7)], await RankAsync(host, query with { Ascending = true }));
        Assert.Equal([(2, 5), (5, 4), (1, 3)], await RankAsync(host, query with { Source = new SourceId(1) }));
        Assert.Empty(await RankAsync(host, query with { Field = "nobody_computes_it" }));
        Assert.Empty(await RankAsync(host, query with { Window = Window.Day7 }));
    }

    [Fact]
    public async Task Rank_ByAnotherFigureOfMoreItemsThanAPart_EqualsSortingThemAll()
    {
        await using var host = await RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix());
        var random = new Random(5);
        VolatilitySnapshot[] figures = [.. Enumerable.Range(1, 2_300).Select(item => Make(item, 1, random.Next(500), random.NextDouble()))];
        await host.Cache.StoreAsync(figures, RedisHost.Token);

        var expected = figures.OrderByDescending(figure => figure[Mine]).ThenBy(figure => figure.Series.Item).Take(150).Select(Place);
        Assert.Equal(expected, await RankAsync(host, new RankingQuery(Window.Hour1, 150, Field: Mine)));
    }

    private static async Task<IEnumerable<(int Item, int Figure)>> RankAsync(RedisHost host, RankingQuery query) =>
        (await host.Cache.RankAsync(query, RedisHost.Token)).Select(Place);

    private static (int Item, int Figure) Place(VolatilitySnapshot figures) => (figures.Series.Item.Value, (int)figures[Mine]!.Value);

    private static VolatilitySnapshot Make(int item, int source, double mine, double score, long count = 3) =>
        new(new SeriesKey(new ItemId(item), new SourceId(source)), Window.Hour1, count, 10, Fields, new[] { mine, score }, At);
}
