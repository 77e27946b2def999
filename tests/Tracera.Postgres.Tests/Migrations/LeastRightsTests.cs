using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>Everything that a host does with its store, as a role that owns nothing.</summary>
public sealed class LeastRightsTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 20, 12, 0, 30, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RoleOfLeastRights_WritesRollsUpMakesAndIndexesAndRemovesPartitions()
    {
        var time = new ManualTimeProvider(Now);
        await using var owner = await TestStore.OpenAsync(time: time);
        await StopAsync(owner);
        var role = $"r_{Guid.NewGuid():N}"[..30];
        await owner.ScalarAsync($"CREATE ROLE {role} LOGIN; {PostgresMigrations.GetRoleScript(role, owner.Schema)}");
        var limited = new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = role }.ConnectionString;
        await using (var store = await TestStore.OpenAsync(
            time: time, schema: owner.Schema, connectionString: limited, configure: options => options.Migrations = MigrationMode.Verify, drops: false))
        {
            await StopAsync(store);
            var item = (await store.Catalog.GetOrAddItemsAsync([new ItemKey("c", "x")], Token))[0];
            var source = await store.Catalog.GetOrAddSourceAsync("p", new SourceDescriptor("s", Currency.Usd), Token);
            PriceTick[] ticks = [.. new[] { -9.0, -4, -1, 0 }.Select(day => Tick(item, source.Id, Now.AddDays(day)))];
            await store.Sink.WriteAsync(Ticks.Batch(ticks), Token);
            PriceTick[] mixed = [ticks[3], ticks[3] with { Price = 3, ReceivedAtMicroseconds = ticks[3].ReceivedAtMicroseconds + 1 }, .. Enumerable.Range(1, 9).Select(i => Tick(item, source.Id, Now.AddSeconds(i)))];
            Assert.Equal(new WriteOutcome(9, 1, 1), await store.Sink.WriteAsync(Ticks.Batch(mixed), Token));

            time.Advance(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(2));
            Assert.True(await store.Roller.RollAsync(Token) > 0);
            await RetainAsync(store);
            time.Advance(TimeSpan.FromDays(1));
            await RetainAsync(store);

            Assert.Equal("2026-01-25", await store.ScalarAsync("SELECT max(day)::text FROM {schema}.tick_day"));
            Assert.Equal("2026-01-16", await store.ScalarAsync("SELECT string_agg(day::text, ',' ORDER BY day) FROM {schema}.tick_day WHERE has_index"));
            Assert.Equal(12L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick"));
            Assert.Equal(13L, await store.ScalarAsync("SELECT sum(n)::bigint FROM {schema}.bars_1d"));
        }

        await owner.ScalarAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Fact]
    public async Task RoleWithoutTheGrants_MayNotRunWhatRunsWithTheOwnersRights()
    {
        await using var owner = await TestStore.OpenAsync();
        var role = $"r_{Guid.NewGuid():N}"[..30];
        await owner.ScalarAsync($"CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA {owner.Schema} TO {role}");
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = role }.ConnectionString);
        await connection.OpenAsync(Token);
        foreach (var call in (string[])["close_day('2026-01-01', now())", "index_day('2026-01-01')", "ensure_tick_partitions(now(), now())"])
        {
            var refused = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteAsync($"SELECT {owner.Schema}.{call}", Token));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        await owner.ScalarAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    private static PriceTick Tick(ItemId item, SourceId source, DateTimeOffset at) =>
        new(item, source, 2.5m, 1, UnixTime.ToMicroseconds(at), UnixTime.ToMicroseconds(Now));

    private static Task RetainAsync(TestStore store) => store.Services.GetRequiredService<RetentionPass>().RunAsync(Token);

    // What runs by itself would run whenever the clock moves.
    private static async Task StopAsync(TestStore store)
    {
        await store.Roller.StopAsync(Token);
        await store.Services.GetRequiredService<StoreKeeper>().StopAsync(Token);
    }
}
