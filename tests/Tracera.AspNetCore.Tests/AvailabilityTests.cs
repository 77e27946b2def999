using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Tracera.AspNetCore.Tests;

public sealed class AvailabilityTests
{
    private static ApiHost NewHost()
    {
        var host = new ApiHost();
        host.Snapshots = new FakeSnapshots(host.Store);
        host.Store.AddTick(host.Store.AddItem("A"), host.Store.AddSource("steam", "steam", Currency.Usd), 10.50m, ApiHost.Now);
        return host;
    }

    public static TheoryData<Exception> StoreFailures => [new CatalogUnavailableException(), new TimeoutException("slow"), new FakeDbException()];

    [Theory]
    [MemberData(nameof(StoreFailures))]
    public async Task AnyRead_WhileTheStoreIsAway_Answers503WithRetryAfter(Exception failure)
    {
        await using var host = await NewHost().StartAsync();
        host.Store.Failure = failure;
        foreach (var path in (string[])["/items", "/items/1", "/items/1/history", "/items/1/ticks", "/items/1/volatility"])
        {
            using var response = await host.Client.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative), TestContext.Current.CancellationToken);
            var problem = await response.ProblemAsync(HttpStatusCode.ServiceUnavailable);
            Assert.Equal("store_unavailable", problem["code"]!.GetValue<string>());
            Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
        }
    }

    [Fact]
    public async Task AnyRead_WhileTheStoreIsAway_LogsOneLineAnOutage()
    {
        using var events = new EventCounter();
        var unstarted = NewHost();
        unstarted.Services = services => services.AddSingleton<ILoggerProvider>(events);
        await using var host = await unstarted.StartAsync();
        host.Store.Failure = new TimeoutException("slow");

        await host.ReadAsync("/api/v1/items", HttpStatusCode.ServiceUnavailable);
        await host.ReadAsync("/api/v1/items/1", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(1, events[6000]);

        host.Time.Advance(Outage.Gap + TimeSpan.FromSeconds(1));
        await host.ReadAsync("/api/v1/items", HttpStatusCode.ServiceUnavailable);
        Assert.Equal(2, events[6000]);
    }

    [Fact]
    public async Task LatestPrices_OfASourceThatIsNewWhileTheStoreIsAway_LackItAndAreStale()
    {
        await using var host = await NewHost().StartAsync();
        await host.ReadAsync("/api/v1/prices/latest?ids=1");
        host.Store.Failure = new CatalogUnavailableException();
        host.Store.AddTick(host.Store.Items[0], new Source(new SourceId(99), "new", new SourceDescriptor("new", Currency.Usd)), 11m, ApiHost.Now);

        var answer = await host.ReadJsonAsync("/api/v1/prices/latest?ids=1");

        Assert.True(answer["stale"]!.GetValue<bool>());
        Assert.Equal("10.50", Assert.Single(answer["items"]!.AsArray())!["price"]!.ToJsonString());
    }

    [Fact]
    public async Task LatestPrices_HostThatStartsWhileTheStoreIsAway_AreNamedByTheKeptSources()
    {
        var unstarted = NewHost();
        unstarted.Services = services => services.AddSingleton<ISourceCache>(new FakeSourceCache([.. unstarted.Store.Sources]));
        unstarted.Store.AddTick(unstarted.Store.Items[0], new Source(new SourceId(99), "new", new SourceDescriptor("new", Currency.Usd)), 11m, ApiHost.Now);
        unstarted.Store.Failure = new CatalogUnavailableException();
        await using var host = await unstarted.StartAsync();

        var answer = await host.ReadJsonAsync("/api/v1/prices/latest?ids=1");

        Assert.True(answer["stale"]!.GetValue<bool>());
        var row = Assert.Single(answer["items"]!.AsArray())!;
        Assert.Equal(("10.50", "steam"), (row["price"]!.ToJsonString(), row["source"]!.GetValue<string>()));
    }

    [Fact]
    public async Task LatestPrices_NothingKeptAnywhereWhileTheStoreIsAway_Answer503()
    {
        var unstarted = NewHost();
        unstarted.Services = services => services.AddSingleton<ISourceCache>(new FakeSourceCache());
        unstarted.Store.Failure = new CatalogUnavailableException();
        await using var host = await unstarted.StartAsync();

        await host.ReadAsync("/api/v1/prices/latest?ids=1", HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Sources_ReadFromTheCatalogue_AreKept()
    {
        var kept = new FakeSourceCache();
        var unstarted = NewHost();
        unstarted.Services = services => services.AddSingleton<ISourceCache>(kept);
        await using var host = await unstarted.StartAsync();

        await host.ReadAsync("/api/v1/prices/latest?ids=1");

        Assert.Equal(host.Store.Sources, kept.Kept);
    }

    [Fact]
    public async Task LatestPrices_WhileTheCacheIsAway_LogOneLineAnOutage()
    {
        using var events = new EventCounter();
        var unstarted = NewHost();
        unstarted.Services = services => services.AddSingleton<ILoggerProvider>(events);
        await using var host = await unstarted.StartAsync();
        host.Snapshots!.Failure = new TimeoutException("away");

        await host.ReadAsync("/api/v1/prices/latest?ids=1");
        await host.ReadAsync("/api/v1/prices/latest?ids=1");

        Assert.Equal(1, events[6001]);
    }

    [Fact]
    public async Task LatestPrices_WhileTheStoreIsAway_ComeFromTheCache()
    {
        await using var host = await NewHost().StartAsync();
        await host.ReadAsync("/api/v1/prices/latest?ids=1");
        host.Store.Failure = new CatalogUnavailableException();
        host.Snapshots!.Stale = true;

        var answer = await host.ReadJsonAsync("/api/v1/prices/latest?ids=1");

        Assert.True(answer["stale"]!.GetValue<bool>());
        Assert.Equal("10.50", answer["items"]![0]!["price"]!.ToJsonString());
    }

    [Fact]
    public async Task LatestPrices_WhileTheCacheIsAway_ComeFromTheStoreAndAreStale()
    {
        await using var host = await NewHost().StartAsync();
        host.Snapshots!.Failure = new TimeoutException("away");

        var answer = await host.ReadJsonAsync("/api/v1/prices/latest?ids=1");

        Assert.True(answer["stale"]!.GetValue<bool>());
        Assert.Null(answer["position"]);
        Assert.Equal("10.50", answer["items"]![0]!["price"]!.ToJsonString());
    }

    [Fact]
    public async Task LatestPrices_WithoutAnyLiveCache_ComeFromTheStoreAndAreFresh()
    {
        var unstarted = NewHost();
        unstarted.Snapshots = null;
        await using var host = await unstarted.StartAsync();

        var answer = await host.ReadJsonAsync("/api/v1/prices/latest?ids=1");

        Assert.False(answer["stale"]!.GetValue<bool>());
        Assert.Single(answer["items"]!.AsArray());
    }
}
