using System.Globalization;
using System.Net;
using Tracera.TestServers;
using Tracera.TestServers.Redis;

namespace Tracera.EndToEnd.Tests;

/// <summary>The reference host with <c>ConnectionStrings:Postgres</c> and <c>ConnectionStrings:Redis</c>, whose servers come later than it does.</summary>
public sealed class ServersTests
{
    private const int Rows = 2_000;

    private static bool IsRequired => Environment.GetEnvironmentVariable("TRACERA_REQUIRE_SERVERS") == "1";

    [Fact]
    public async Task Host_WhoseServersAreAway_StartsRecoversByItselfAndSharesThemWithTheNextHost()
    {
        Assert.SkipUnless(PostgresInstall.BinFolder is not null || IsRequired, PostgresInstall.Missing);
        Assert.SkipUnless(RedisServer.IsInstalled || IsRequired, "redis-server is not installed.");
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var postgres = await PostgresCluster.CreateAsync(cancellationToken: stop);
        await postgres.StopAsync(stop);
        await using var redis = RedisServer.Prepare();
        await using var feed = await PriceListServer.StartAsync(cycle => PriceList.OfCycle(Rows, cycle), stop);
        var settings = Settings(postgres, redis, feed);

        HashSet<string> stored;
        await using (var host = await HostProcess.StartAsync(folder["first"], stop, settings))
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "/health/live", stop));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(host, "/health/ready", stop));

            await postgres.StartAsync(stop);
            await redis.StartAgainAsync();
            while (await StatusAsync(host, "/health/ready", stop) != HttpStatusCode.OK)
            {
            }

            await RunWatch.WaitForCompletedAsync(host, 2, stop);
            Assert.Equal(Rows, (await host.GetAllAsync("/api/v1/items", stop)).Count);
            stored = await TicksAsync(postgres, stop);
            Assert.InRange(stored.Count, 2 * Rows, int.MaxValue);
            await host.Process.KillAsync(stop);
        }

        // The store's file is not used: the second host has another folder, and nothing to ask.
        await using var second = await HostProcess.StartAsync(folder["second"], stop, [.. settings, "--Tracera:Providers:csfloat:Enabled=false"]);
        while (await StatusAsync(second, "/health/ready", stop) != HttpStatusCode.OK)
        {
        }

        var items = await second.GetAllAsync("/api/v1/items", stop);
        Assert.Equal(Rows, items.Count);
        var path = $"/api/v1/prices/latest?ids={string.Join(',', items.Take(100).Select(item => ((int)item["id"]!).ToString(CultureInfo.InvariantCulture)))}";
        var latest = await second.GetAsync(path, stop);
        Assert.Equal(100, latest["items"]!.AsArray().Count);
        Assert.Superset(stored, await TicksAsync(postgres, stop));
        Assert.False(Directory.Exists(folder["first"]) && Directory.EnumerateFiles(folder["first"], "*.db").Any(), "The host wrote a store file.");

        // A host that starts while the store is away knows no source of its own.
        await postgres.StopAsync(stop);
        await using var third = await HostProcess.StartAsync(folder["third"], stop, settings);
        while (await StatusAsync(third, path, stop) != HttpStatusCode.OK)
        {
        }

        var kept = await third.GetAsync(path, stop);
        Assert.True((bool)kept["stale"]!);
        Assert.Equal(
            latest["items"]!.AsArray().Select(row => (row!["item_id"]!.ToJsonString(), row["source"]!.ToJsonString())),
            kept["items"]!.AsArray().Select(row => (row!["item_id"]!.ToJsonString(), row["source"]!.ToJsonString())));
    }

    private static string[] Settings(PostgresCluster postgres, RedisServer redis, PriceListServer feed) =>
    [
        $"--ConnectionStrings:Postgres={postgres.ConnectionString()}",
        $"--ConnectionStrings:Redis={redis.Endpoint}",
        "--Tracera:Providers:simulated:Enabled=false",
        "--Tracera:Providers:csfloat:Enabled=true",
        "--Tracera:Providers:csfloat:Interval=00:00:00.500",
        $"--Tracera:Providers:csfloat:BaseAddress={feed.BaseAddress}",
    ];

    private static async Task<HttpStatusCode> StatusAsync(HostProcess host, string path, CancellationToken stop)
    {
        using var response = await host.Http.GetAsync(new Uri(path, UriKind.Relative), stop);
        return response.StatusCode;
    }

    private static async Task<HashSet<string>> TicksAsync(PostgresCluster postgres, CancellationToken stop) =>
        [.. (await postgres.PsqlAsync("SELECT item_id, source_id, observed_at, price FROM tracera.tick", cancellationToken: stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
