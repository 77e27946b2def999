using Microsoft.Extensions.DependencyInjection;
using Tracera.Redis.Tests.Hosting;
using Tracera.Testing;

namespace Tracera.Redis.Tests.Snapshots;

public sealed class SourceCacheTests(SharedRedis redis)
{
    private static readonly Source[] Sources =
    [
        new(new SourceId(1), "steam", new SourceDescriptor("steam", Currency.Usd, PriceKind.LowestAsk, VolumeKind.Rolling24h)),
        new(new SourceId(7), "priceempire", new SourceDescriptor("buff163 \"☃\"", Currency.Parse("USDT"), PriceKind.HighestBid, VolumeKind.Stock)),
    ];

    [Fact]
    public async Task Get_OnAnotherHost_HoldsWhatWasPut()
    {
        var prefix = redis.NextPrefix();
        await using var first = await RedisHost.StartAsync(redis.Endpoint, prefix);
        await using var second = await RedisHost.StartAsync(redis.Endpoint, prefix);
        Assert.Empty(await CacheOf(second).GetAsync(RedisHost.Token));

        await CacheOf(first).PutAsync(Sources[..1], RedisHost.Token);
        await CacheOf(first).PutAsync(Sources, RedisHost.Token);

        Assert.Equal(Sources, await CacheOf(second).GetAsync(RedisHost.Token));
    }

    [Fact]
    public async Task Redis_Emptied_IsGivenTheSourcesOfTheCatalogueAgain()
    {
        await using var server = await RedisServers.StartAsync();
        var store = new InMemoryStore();
        var source = await store.Catalog.GetOrAddSourceAsync("steam", Sources[0].Descriptor, RedisHost.Token);
        await using var host = await RedisHost.StartAsync(server.Endpoint, "kept:", add: services => services.AddSingleton<IItemCatalog>(store.Catalog));
        await KeptAsync();

        await server.RunAsync("FLUSHALL");

        await KeptAsync();

        Task KeptAsync() => Eventually.HoldsAsync(
            async () => (await CacheOf(host).GetAsync(RedisHost.Token)).SequenceEqual([source]), TimeSpan.FromSeconds(10), "The kept sources");
    }

    [Fact]
    public async Task Cache_RedisAway_IsOfNoConsequence()
    {
        await using var server = await RedisServers.StartAsync();
        await using var host = await RedisHost.StartAsync(server.Endpoint, "kept:", options => options.OperationTimeout = TimeSpan.FromSeconds(1));
        await CacheOf(host).PutAsync(Sources[..1], RedisHost.Token);
        await server.KillAsync();

        await CacheOf(host).PutAsync(Sources, RedisHost.Token);
        Assert.Empty(await CacheOf(host).GetAsync(RedisHost.Token));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("null")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("""[{"id":1}]""")]
    [InlineData("""[{"id":1,"provider":"p","name":"n","currency":"","kind":"LowestAsk","volume_kind":"Stock"}]""")]
    [InlineData("""[{"id":1,"provider":"p","name":"n","currency":"USD","kind":"Unheard","volume_kind":"Stock"}]""")]
    public async Task Get_ValueThatIsNoListOfSources_CountsAsNone(string text)
    {
        var prefix = redis.NextPrefix();
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix);
        await host.Services.GetRequiredService<RedisConnection>().Database.StringSetAsync($"{prefix}sources", text);

        Assert.Empty(await CacheOf(host).GetAsync(RedisHost.Token));
    }

    private static ISourceCache CacheOf(RedisHost host) => host.Services.GetRequiredService<ISourceCache>();
}
