using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Tracera.Postgres.Tests;

public sealed class AppMigrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Apply_ScriptOfSingleStatementsInterrupted_GoesOnWhereItStopped()
    {
        // The second statement fails until somebody fills the gate; the first could not run twice.
        var script = new PostgresScript(
            1, "app", "-- no transaction\nCREATE TABLE {schema}.app_gate (open int);\nSELECT 1 / (SELECT count(*) FROM {schema}.app_gate);\nCREATE TABLE {schema}.app_done (id int);");
        await using var store = await TestStore.OpenAsync(build: builder => builder.AddPostgresMigrations(new PostgresMigrationSet("app", [script])));
        Assert.False(store.Database.IsReady);
        Assert.Equal(1, await store.ScalarAsync("SELECT steps FROM {schema}.script WHERE set_name = 'app'"));
        await store.ScalarAsync("INSERT INTO {schema}.app_gate VALUES (1)");
        await store.ReopenAsync();
        Assert.True(store.Database.IsReady, store.Database.Refusal?.ToString());
        Assert.NotNull(await store.ScalarAsync("SELECT to_regclass('{schema}.app_done')::text"));
        Assert.Equal(DBNull.Value, await store.ScalarAsync("SELECT steps FROM {schema}.script WHERE set_name = 'app'"));
    }

    [Fact]
    public async Task Apply_ScriptFailsInItsTransaction_LeavesNothingBehind()
    {
        var script = new PostgresScript(1, "app", "CREATE TABLE {schema}.app_half (id int); SELECT 1 / 0;");
        await using var store = await TestStore.OpenAsync(build: builder => builder.AddPostgresMigrations(new PostgresMigrationSet("app", [script])));
        Assert.Contains("app/0001_app", store.Database.Refusal?.Message, StringComparison.Ordinal);
        Assert.Equal(DBNull.Value, await store.ScalarAsync("SELECT to_regclass('{schema}.app_half')::text"));
    }

    [Fact]
    public async Task Apply_AppliedScriptHasAnotherText_IsRefusedAndNamed()
    {
        var text = "SELECT 1";
        await using var store = await TestStore.OpenAsync(
            build: builder => builder.AddPostgresMigrations(new PostgresMigrationSet("app", [new PostgresScript(1, "app", text)])));
        Assert.True(store.Database.IsReady, store.Database.Refusal?.ToString());
        text = "SELECT 2";
        await store.ReopenAsync();
        Assert.Contains("app/0001_app", store.Database.Refusal?.Message, StringComparison.Ordinal);
        Assert.Contains("app/0001_app", (await store.CheckAsync()).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetRoleScript_RoleOfLeastRights_RunsTheStoreAndCannotChangeItsSchema()
    {
        await using var owner = await TestStore.OpenAsync();
        var role = $"r_{Guid.NewGuid():N}"[..30];
        await owner.ScalarAsync($"CREATE ROLE {role} LOGIN; {PostgresMigrations.GetRoleScript(role, owner.Schema)}");
        var limited = new NpgsqlConnectionStringBuilder(owner.ConnectionString) { Username = role }.ConnectionString;
        await using (var store = await TestStore.OpenAsync(schema: owner.Schema, connectionString: limited, configure: options => options.Migrations = MigrationMode.Verify, drops: false))
        {
            Assert.True(store.Database.IsReady, store.Database.Refusal?.ToString());
            var ids = await store.Catalog.GetOrAddItemsAsync([new ItemKey("a", "x")], Token);
            Assert.Equal(new WriteOutcome(1), await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(ids[0].Value)), Token));
            Assert.Equal(new WriteOutcome(0, 1, 0, 0, 1), await store.Sink.WriteAsync(Ticks.Batch(Ticks.Of(ids[0].Value), Ticks.Of(1, price: 0, second: 9)), Token));
            Assert.NotNull(await store.Leases.TryAcquireAsync("steam", "me", Ticks.Start, TimeSpan.FromHours(1), Token));
            var refused = await Assert.ThrowsAsync<PostgresException>(() => store.ScalarAsync("DROP TABLE {schema}.tick"));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refused.SqlState);
        }

        await owner.ScalarAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
    }

    [Fact]
    public void Split_QuotesCommentsAndBodies_KeepsStatementsWhole()
    {
        var statements = SqlSplitter.Split("-- a; b\nSELECT ';', \"x;y\" /* ; */;\n\n; CREATE FUNCTION f() AS $b$ SELECT 1; $b$; SELECT $$;$$, $1");
        Assert.Equal(3, statements.Count);
        Assert.EndsWith("/* ; */", statements[0], StringComparison.Ordinal);
        Assert.EndsWith("$b$ SELECT 1; $b$", statements[1], StringComparison.Ordinal);
        Assert.Equal("SELECT $$;$$, $1", statements[2]);
    }
}
