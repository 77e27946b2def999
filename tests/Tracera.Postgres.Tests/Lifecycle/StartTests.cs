using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;
using Tracera.TestServers;

namespace Tracera.Postgres.Tests;

public sealed class StartTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Start_ServerAway_StartsIsNotReadyAndRecoversByItself()
    {
        Assert.SkipUnless(PostgresInstall.BinFolder is not null || SharedServer.IsRequired, PostgresInstall.Missing);
        await using var cluster = await PostgresCluster.CreateAsync(cancellationToken: Token);
        await cluster.StopAsync(Token);
        await using var store = await TestStore.OpenAsync(
            connectionString: cluster.ConnectionString(), configure: options => options.RetryInterval = TimeSpan.FromMilliseconds(100));
        Assert.Equal(HealthStatus.Unhealthy, (await store.CheckAsync()).Status);
        var refusal = await Assert.ThrowsAsync<SinkException>(async () => await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1)), Token));
        Assert.Equal(SinkFailure.Transient, refusal.Failure);
        await Assert.ThrowsAsync<CatalogUnavailableException>(async () => await store.Catalog.GetSourcesAsync(Token));

        await cluster.StartAsync(Token);
        await store.Database.Ready.WaitAsync(Token);
        Assert.Equal(HealthStatus.Healthy, (await store.CheckAsync()).Status);
        Assert.Equal(new WriteOutcome(1), await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1)), Token));

        await cluster.StopAsync(Token);
        Assert.Equal(HealthStatus.Unhealthy, (await store.CheckAsync()).Status);
        await cluster.StartAsync(Token);
        Assert.Equal(HealthStatus.Healthy, (await store.CheckAsync()).Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("prices")]
    public async Task Dispose_DataSourceOfTheApp_IsUsedAndLeftAlone(string? key)
    {
        await using var source = NpgsqlDataSource.Create(SharedServer.ConnectionString(StoreKind.Plain));
        var store = await TestStore.OpenAsync(
            configure: options => (options.ConnectionString, options.DataSourceKey) = (null, key),
            build: builder => builder.Services.AddKeyedSingleton(key, source));
        Assert.Same(source, store.Database.DataSource);
        Assert.Equal(new WriteOutcome(1), await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1)), Token));
        await store.DisposeAsync();
        await using var connection = await source.OpenConnectionAsync(Token);
        Assert.Equal(System.Data.ConnectionState.Open, connection.State);
    }

    [Fact]
    public async Task Stores_TwoSchemasInOneDatabase_SeeNothingOfEachOther()
    {
        await using var one = await TestStore.OpenAsync();
        await using var two = await TestStore.OpenAsync();
        var ids = await one.Catalog.GetOrAddItemsAsync([new ItemKey("a", "x"), new ItemKey("a", "y")], Token);
        await one.Sink.WriteAsync(Ticks.Batch(Ticks.Of(ids[0].Value), Ticks.Of(ids[1].Value, price: 0)), Token);
        await one.Runs.StartAsync(
            new RunRecord(RunId.New(Ticks.Start), RunTrigger.Schedule, RunState.Running, "one", Ticks.Start, null, null, []), Ticks.Start, Token);
        Assert.NotNull(await one.Leases.TryAcquireAsync("steam", "one", Ticks.Start, TimeSpan.FromHours(1), Token));

        Assert.Empty(await two.TicksAsync());
        Assert.Empty(await two.Catalog.FindItemsAsync("x", Token));
        Assert.Empty((await two.Runs.ListAsync(new RunQuery(new PageRequest(10)), Token)).Items);
        Assert.Empty((await two.DeadLetters.ListAsync(new PageRequest(10), Token)).Items);
        Assert.Empty(await two.Runs.FailAbandonedAsync("two", Ticks.Start.AddDays(1), Token));
        Assert.NotNull(await two.Leases.TryAcquireAsync("steam", "two", Ticks.Start, TimeSpan.FromHours(1), Token));
        await two.Sink.WriteAsync(Ticks.Batch(Ticks.Of(1, price: 7)), Token);
        Assert.Equal(1m, Assert.Single(await one.TicksAsync()).Price);
        Assert.Single((await one.DeadLetters.ListAsync(new PageRequest(10), Token)).Items);
    }
}
