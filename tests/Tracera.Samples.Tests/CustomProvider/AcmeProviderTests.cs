using System.Net;
using System.Text;
using CustomProvider;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tracera.Http;
using Tracera.Testing;

namespace Tracera.Samples.Tests.CustomProvider;

/// <summary>The sample's provider in a whole pipeline, over canned answers instead of a socket.</summary>
public sealed class AcmeProviderTests
{
    private const string Answer = """
        [
          {"symbol":"Brass Lantern","ask":12.40,"stock":31,"time":"2026-03-01T11:59:58Z"},
          {"symbol":"Tin Kettle","ask":0.10000001,"stock":0,"colour":"red"},
          {"symbol":"Sold Out","ask":null,"stock":0},
          {"symbol":"Given Away","ask":0},
          {"ask":3.5},
          {"symbol":"Copper Whistle","ask":"call us"},
          "not a row",
          {"symbol":"Iron Anvil","ask":-74.00,"stock":1},
          {"symbol":"Broken Stock","ask":1.5,"stock":-3}
        ]
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Acme_AnswerWithBadRows_StoresTheGoodAndCountsTheRest()
    {
        var stop = TestContext.Current.CancellationToken;
        using var venue = new RecordedHttp().Serve("/v2/quotes?market=spot", Answer);
        var store = new InMemoryStore();
        using var host = HostOf(venue, store);
        await host.StartAsync(stop);

        var row = await WhenEndedAsync(store, stop);
        var items = await store.Catalog.ListItemsAsync(new ItemQuery(new PageRequest(10)), stop);
        var prices = await store.History.GetLatestAsync([.. items.Items.Select(item => item.Id)], Now, stop);
        await host.StopAsync(stop);

        Assert.Equal(RunState.Completed, row.State);
        Assert.Equal((9, 7, 2), (row.Fetched, row.Rejected, row.Stored));
        Assert.Equal(
            new Dictionary<string, long> { ["no_price"] = 2, ["bad_price"] = 1, ["bad_name"] = 1, ["bad_row"] = 2, ["bad_volume"] = 1 }.OrderBy(pair => pair.Key),
            row.RejectedBy.OrderBy(pair => pair.Key));
        Assert.Equal([("acme:spot", "Brass Lantern"), ("acme:spot", "Tin Kettle")], items.Items.Select(item => (item.Category, item.Name)));
        Assert.Equal(
            [(12.40m, 31m, Now.AddSeconds(-2)), (0.10000001m, 0m, Now)],
            prices.OrderBy(price => price.Item).Select(price => (price.Price, price.Volume!.Value, price.ObservedAt)));
    }

    [Fact]
    public async Task Acme_AgainstTheWholeContract_KeepsEveryRule()
    {
        var stop = TestContext.Current.CancellationToken;

        await ProviderConformance.For(services => services.AddTracera().AddAcme())
            .Serve(Encoding.UTF8.GetBytes(Answer))
            .VerifyAsync(stop);
    }

    [Fact]
    public async Task Acme_MarketConfigured_AsksForItUnderItsOwnCategory()
    {
        var stop = TestContext.Current.CancellationToken;
        using var venue = new RecordedHttp().Serve("/v2/quotes?market=night", """[{"symbol":"Brass Lantern","ask":12.40}]""");
        var store = new InMemoryStore();
        using var host = HostOf(venue, store, ("Market", "night"));
        await host.StartAsync(stop);

        var row = await WhenEndedAsync(store, stop);
        var item = Assert.Single((await store.Catalog.ListItemsAsync(new ItemQuery(new PageRequest(10)), stop)).Items);
        await host.StopAsync(stop);

        Assert.Equal(1, row.Stored);
        Assert.Equal("acme:night", item.Category);
        Assert.Equal("api.acme.example", Assert.Single(venue.Requests).Address.Host);
    }

    [Fact]
    public async Task Acme_VenueRefuses_FailsTheRunAndSaysWhy()
    {
        var stop = TestContext.Current.CancellationToken;
        using var venue = new RecordedHttp().Serve("/v2/quotes?market=spot", "who are you?", HttpStatusCode.Unauthorized);
        var store = new InMemoryStore();
        using var host = HostOf(venue, store);
        await host.StartAsync(stop);

        var row = await WhenEndedAsync(store, stop);
        await host.StopAsync(stop);

        Assert.Equal(RunState.Failed, row.State);
        Assert.Contains("https://api.acme.example/v2/quotes answered 401: who are you?", row.Error, StringComparison.Ordinal);
    }

    private static IHost HostOf(RecordedHttp venue, InMemoryStore store, params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => $"Tracera:Providers:acme:{setting.Key}", setting => (string?)setting.Value));
        builder.Services.AddSingleton<TimeProvider>(new ManualTimeProvider(Now));
        builder.Services.AddTracera().AddIngestion().AddInMemoryStore(store).AddAcme();
        builder.Services.AddHttpClient(HttpProviderOptions.ClientName("acme")).ConfigurePrimaryHttpMessageHandler(() => venue);
        return builder.Build();
    }

    private static async Task<ProviderRunRecord> WhenEndedAsync(InMemoryStore store, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var runs = await store.Runs.ListAsync(new RunQuery(new PageRequest(1)), stop);
            if (runs.Items is [{ State: not RunState.Running } run])
            {
                return Assert.Single(run.Providers);
            }

            await Task.Yield();
        }
    }
}
