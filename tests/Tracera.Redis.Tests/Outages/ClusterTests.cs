using Tracera.Redis.Tests.Hosting;
using Tracera.Redis.Tests.Updates;
using Tracera.Testing;
using Tracera.TestServers.Redis;

namespace Tracera.Redis.Tests.Outages;

/// <summary>Three nodes that share the slots.</summary>
public sealed class ClusterTests
{
    [Fact]
    public async Task Bus_OnACluster_KeepsEveryRule()
    {
        RedisServers.Require();
        await using var cluster = await RedisCluster.StartAsync();
        var prefixes = 0;
        await BusConformance.For(_ => RedisBusConformanceTests.OpenAsync(cluster.Endpoints, $"c{prefixes++}:")).VerifyAsync(RedisHost.Token);

        await using var host = await RedisHost.StartAsync(cluster.Endpoints, "spread:");
        var ticks = Enumerable.Range(1, 2_000).Select(item => host.Tick(item, item)).ToArray();
        Assert.Equal(new WriteOutcome(ticks.Length), await host.WriteAsync(ticks));
        Assert.Equal(ticks, await host.LatestAsync());
        foreach (var node in cluster.Servers)
        {
            Assert.NotEqual("0", await node.RunAsync("DBSIZE"));
        }

        VolatilitySnapshot[] figures = [.. Enumerable.Range(1, 20).Select(Figure)];
        await host.Cache.StoreAsync(figures, RedisHost.Token);
        Assert.Equal([20, 19, 18], (await host.Cache.RankAsync(new RankingQuery(Window.Hour1, 3), RedisHost.Token)).Select(figure => figure.Series.Item.Value));
    }

    private static VolatilitySnapshot Figure(int item) =>
        new(new SeriesKey(new ItemId(item), new SourceId(1)), Window.Hour1, 3, 1, [MetricFields.VolatilityScore], new double[] { item }, TimeProvider.System.GetUtcNow());
}
