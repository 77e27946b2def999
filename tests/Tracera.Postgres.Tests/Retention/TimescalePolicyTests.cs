using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Postgres.Tests;

/// <summary>P4 on TimescaleDB: refresh, compression and retention are its policies, set from the options; here they are run by hand.</summary>
public sealed class TimescalePolicyTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Policies_AreSetOnce_AndFollowTheOptions()
    {
        await using var store = await OpenAsync();
        await RunAsync(store);
        await store.ReopenAsync();
        await RunAsync(store);

        Assert.Equal("4 days", await store.ScalarAsync(Config("policy_compression", "compress_after")));
        Assert.Equal(7L, await store.ScalarAsync($"SELECT count(*) FROM timescaledb_information.jobs WHERE proc_name = 'policy_retention' AND {Mine}"));
        Assert.Equal(6L, await store.ScalarAsync($"SELECT count(*) FROM timescaledb_information.jobs WHERE proc_name = 'policy_refresh_continuous_aggregate' AND {Mine}"));
        Assert.Equal(
            true,
            await store.ScalarAsync($"SELECT max((config->>'start_offset')::interval) FILTER (WHERE hypertable_name = 'bar_1m') < interval '7 days' FROM timescaledb_information.jobs WHERE {Mine}"));
    }

    [Fact]
    public async Task Policies_Run_CompressAndRemove_AndBackfilledTicksStillCount()
    {
        await using var store = await OpenAsync();
        await RunAsync(store);
        await StopJobsAsync(store);
        var noon = BarLevel.Day1.Floor(Now).AddHours(12);
        var (kept, gone) = (noon.AddDays(-5), noon.AddDays(-20));
        var series = await WriteAsync(store, 1, kept, gone, gone.AddSeconds(5));
        await RollAsync(store);
        await RunJobsAsync(store, "policy_refresh_continuous_aggregate", "policy_compression", "policy_retention");

        Assert.Equal(true, await store.ScalarAsync("SELECT bool_and(is_compressed) FROM timescaledb_information.chunks WHERE hypertable_schema = '{schema}' AND hypertable_name = 'tick'"));
        Assert.Equal(1L, await store.ScalarAsync("SELECT count(*) FROM {schema}.tick"));

        // A repeat, a correction and a new tick into a compressed chunk; and one into a day that is gone.
        await WriteAsync(store, 1, kept);
        await WriteAsync(store, 3, kept);
        await WriteAsync(store, 5, kept.AddMinutes(1), gone.AddSeconds(1));

        // Another series has more there now than all that was.
        await WriteAsync(store, "y", 7, [.. Enumerable.Range(0, 9).Select(second => gone.AddSeconds(second))]);
        foreach (var isRolled in new[] { false, true })
        {
            if (isRolled)
            {
                await RollAsync(store);
            }

            var bars = await BarsAsync(store, series, BarLevel.Day1);
            var day = Assert.Single(bars, bar => bar.Start == BarLevel.Day1.Floor(kept));
            Assert.Equal((2L, 3m, 5m), (day.Count, day.Open, day.Close));
            if (isRolled)
            {
                Assert.Equal((2L, 1m), (bars[0].Count, bars[0].Open));
            }
        }
    }

    private static string Mine => "'{schema}' IN (hypertable_schema, (SELECT view_schema FROM timescaledb_information.continuous_aggregates c WHERE c.materialization_hypertable_name = hypertable_name LIMIT 1))";

    private static string Config(string policy, string key) =>
        $"SELECT config->>'{key}' FROM timescaledb_information.jobs WHERE proc_name = '{policy}' AND hypertable_schema = '{{schema}}' AND hypertable_name = 'tick'";

    // Marks of buckets that are over, by more than the grace that the roller gives them.
    private static string Waiting =>
        """
        SELECT EXISTS (
            SELECT FROM {schema}.dirty_bar
            WHERE bucket < now() - interval '1 hour' - ('{1 minute, 15 minutes, 1 hour, 6 hours, 1 day, 7 days}'::interval[])[level + 1])
        """;

    private static async Task RunJobsAsync(TestStore store, params string[] policies)
    {
        foreach (var policy in policies)
        {
            var ids = (int[]?)await store.ScalarAsync($"SELECT array_agg(job_id ORDER BY job_id) FROM timescaledb_information.jobs WHERE proc_name = '{policy}' AND {Mine}");
            foreach (var id in ids ?? [])
            {
                await store.ScalarAsync($"CALL run_job({id})");
            }
        }
    }

    // The server begins new jobs by itself and at once, and what it drops before it is rolled up has no bars.
    private static async Task StopJobsAsync(TestStore store)
    {
        var jobs = (int[])(await store.ScalarAsync($"SELECT array_agg(j.job_id) FROM timescaledb_information.jobs j CROSS JOIN LATERAL alter_job(j.job_id, scheduled => false) WHERE {Mine}"))!;
        while (await store.ScalarAsync($"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE application_name LIKE ANY (SELECT '%[' || job || ']' FROM unnest('{{{string.Join(',', jobs)}}}'::int[]) job))") is true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }
    }

    private static async Task RollAsync(TestStore store)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Token);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        do
        {
            await store.Roller.RollAsync(limit.Token);
        }
        while (await store.ScalarAsync(Waiting) is true);
    }

    private static Task RunAsync(TestStore store) => store.Services.GetRequiredService<RetentionPass>().RunAsync(Token);

    private static async Task<IReadOnlyList<Bar>> BarsAsync(TestStore store, SeriesKey series, BarLevel level) =>
        (await store.History.GetBarsAsync(new BarQuery(series, level, Now.AddDays(-30), Now.AddDays(9), new PageRequest(1_000)), Token)).Items;

    private static Task<SeriesKey> WriteAsync(TestStore store, decimal price, params DateTimeOffset[] instants) => WriteAsync(store, "x", price, instants);

    private static async Task<SeriesKey> WriteAsync(TestStore store, string name, decimal price, params DateTimeOffset[] instants)
    {
        var item = (await store.Catalog.GetOrAddItemsAsync([new ItemKey("c", name)], Token))[0];
        var source = await store.Catalog.GetOrAddSourceAsync("p", new SourceDescriptor("s", Currency.Usd), Token);
        var received = UnixTime.ToMicroseconds(TimeProvider.System.GetUtcNow());
        var ticks = instants.Select(at => new PriceTick(item, source.Id, price, 1, UnixTime.ToMicroseconds(at), received)).ToArray();
        await store.Sink.WriteAsync(new PriceBatch(Guid.NewGuid(), RunId.New(Now), "p", ticks, BatchLane.Backfill), Token);
        return new SeriesKey(item, source.Id);
    }

    private static Task<TestStore> OpenAsync() => TestStore.OpenAsync(StoreKind.Timescale, configure: options =>
    {
        options.CompressAfter = TimeSpan.FromDays(4);
        (options.RollInterval, options.MaintenanceInterval) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1));
    });
}
