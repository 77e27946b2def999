using Npgsql;
using Tracera.TestServers;

namespace Tracera.Postgres.Tests;

public sealed class MigrationTests
{
    private static readonly string[] Days = ["tick_y2026m02d28", "tick_y2026m03d01"];

    [Theory]
    [InlineData(StoreKind.Plain)]
    [InlineData(StoreKind.Timescale)]
    public async Task Apply_EmptyDatabase_MakesTheSchemaOfItsKind(StoreKind kind)
    {
        await using var store = await TestStore.OpenAsync(kind);
        Assert.True(store.Database.IsReady, store.Database.Refusal?.ToString());
        Assert.Equal(kind, store.Database.Kind);
        Assert.Equal(kind.ToString(), await store.ScalarAsync("SELECT kind FROM {schema}.script WHERE version = 1"));
        Assert.NotNull(await store.ScalarAsync("SELECT to_regclass('{schema}.tick')::text"));
    }

    [Fact]
    public async Task Apply_EightHostsAtOnce_AppliesEveryScriptOnce()
    {
        var schema = $"t_{Guid.NewGuid():N}";
        var stores = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => TestStore.OpenAsync(schema: schema)));
        Assert.All(stores, store => Assert.True(store.Database.IsReady, store.Database.Refusal?.ToString()));
        Assert.Equal((long)StoreScripts.For(StoreKind.Plain).Scripts.Count, await stores[0].ScalarAsync("SELECT count(*) FROM {schema}.script"));
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    [Fact]
    public async Task EnsureTickPartitions_CalledByManyAtOnce_MakesEachDayOnce()
    {
        await using var store = await TestStore.OpenAsync();
        var made = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ =>
            store.ScalarAsync("SELECT {schema}.ensure_tick_partitions('2026-02-28 23:59:59Z', '2026-03-01 00:00:00Z')")));
        Assert.Equal(2, made.Sum(count => (int)count!));
        var names = (string[])(await store.ScalarAsync(
            "SELECT array_agg(inhrelid::regclass::text ORDER BY 1) FROM pg_inherits WHERE inhparent = '{schema}.tick'::regclass AND inhrelid::regclass::text LIKE '%2026m0%'"))!;
        Assert.Equal(Days, names.Select(name => name.Split('.')[1]));
    }

    [Fact]
    public async Task GetMigrationScript_RunByPsql_PassesVerify()
    {
        var schema = $"t_{Guid.NewGuid():N}";
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, PostgresMigrations.GetMigrationScript(schema), TestContext.Current.CancellationToken);
        for (var i = 0; i < 2; i++)
        {
            await SharedServer.Cluster.PsqlFileAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        }

        File.Delete(file);
        await using var store = await TestStore.OpenAsync(schema: schema, configure: options => options.Migrations = MigrationMode.Verify);
        Assert.True(store.Database.IsReady, store.Database.Refusal?.ToString());
    }

    [Fact]
    public async Task Verify_EmptyDatabase_IsNotReadyAndNamesWhatIsMissing()
    {
        await using var store = await TestStore.OpenAsync(configure: options => options.Migrations = MigrationMode.Verify);
        var health = await store.CheckAsync();
        Assert.Contains("tracera/0001_initial", health.Description, StringComparison.Ordinal);
        Assert.Throws<NpgsqlException>(() => store.Database.Kind);
    }

    [Fact]
    public void Scripts_CountUpWithoutGapsAndHaveOneNameEach_AndEveryKindTakesItsOwnInThatOrder()
    {
        var parts = PostgresMigrationSet.FromResources("all", typeof(StoreScripts).Assembly, string.Empty).Scripts;
        Assert.Equal(Enumerable.Range(1, parts[^1].Version), parts.Select(part => part.Version).Distinct());
        foreach (var kind in Enum.GetValues<StoreKind>())
        {
            var other = kind == StoreKind.Plain ? ".timescale" : ".plain";
            Assert.Equal(
                parts.Where(part => !part.Name.EndsWith(other, StringComparison.Ordinal)).Select(part => part.Version).Distinct(),
                StoreScripts.For(kind).Scripts.Select(script => script.Version));
        }

        Assert.All(parts.GroupBy(part => part.Version), version => Assert.Single(version.Select(part => part.Name.Split('.')[0]).Distinct()));
    }
}
