using System.Globalization;
using Npgsql;
using Tracera.Testing;

namespace Tracera.Postgres.Tests;

/// <summary>
/// Bars of every level against a recomputation from ticks, after late, repeated, corrected and backfilled ticks across the borders of partitions, while rolls are
/// killed in the middle. <c>TRACERA_LEVEL_BUCKETS</c> says how many random buckets are compared; 100,000 where it does not.
/// </summary>
public sealed class BucketTortureTests
{
    private const int Rounds = 24;
    private const int TicksPerRound = 5_000;
    private const int Items = 40;
    private static readonly DateTimeOffset Now = new(2026, 1, 8, 12, 34, 56, TimeSpan.Zero);
    private static readonly int Buckets = int.TryParse(
        Environment.GetEnvironmentVariable("TRACERA_LEVEL_BUCKETS"), CultureInfo.InvariantCulture, out var buckets) ? buckets : 100_000;

    [Theory]
    [InlineData(StoreKind.Plain)]
    [InlineData(StoreKind.Timescale)]
    public async Task Bars_AfterLateCorrectedBackfilledTicksAndKilledRolls_EqualTheTicks(StoreKind kind)
    {
        var token = TestContext.Current.CancellationToken;
        var random = new Random(20_260_108);
        await using var store = await TestStore.OpenAsync(kind, time: new ManualTimeProvider(Now));
        var series = await SeriesAsync(store);
        var killed = 0;
        for (var round = 0; round < Rounds; round++)
        {
            await store.Sink.WriteAsync(Batch(random, series, round), token);
            killed += round % 3 == 1 && await RollAndKillAsync(store, random) ? 1 : 0;
            if (round % 3 == 2)
            {
                await store.Roller.RollAsync(token);
            }
        }

        // Half of what is compared is rolled up, the newest round is not; then all is.
        Assert.True(killed > 0, "No roll was killed in the middle.");
        var compared = await CompareAsync(store, random, Buckets / 2);
        await store.Roller.RollAsync(token);
        compared += await CompareAsync(store, random, Buckets - (Buckets / 2));
        Assert.Equal(Buckets, compared);
    }

    [Fact]
    public async Task Bars_WithTheRollSkippedButItsMarksGone_DifferFromTheTicks()
    {
        var token = TestContext.Current.CancellationToken;
        var random = new Random(7);
        await using var store = await TestStore.OpenAsync(time: new ManualTimeProvider(Now));
        var series = await SeriesAsync(store);
        await store.Sink.WriteAsync(Batch(random, series, 0), token);
        await store.Roller.RollAsync(token);
        await store.Sink.WriteAsync(Batch(random, series, 1), token);
        await store.ScalarAsync("DELETE FROM {schema}.dirty");

        var fault = await Assert.ThrowsAnyAsync<Exception>(() => CompareAsync(store, random, 1_000));
        Assert.Contains("differ", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<List<SeriesKey>> SeriesAsync(TestStore store)
    {
        var items = await store.Catalog.GetOrAddItemsAsync(
            [.. Enumerable.Range(0, Items).Select(i => new ItemKey("steam:730", $"item {i}"))], TestContext.Current.CancellationToken);
        var series = new List<SeriesKey>();
        foreach (var kind in Enum.GetValues<VolumeKind>())
        {
            var source = await store.Catalog.GetOrAddSourceAsync(
                "p", new SourceDescriptor($"market {kind}", Currency.Usd, VolumeKind: kind), TestContext.Current.CancellationToken);
            series.AddRange(items.Select(item => new SeriesKey(item, source.Id)));
        }

        return series;
    }

    // Around the midnights of nine days: two of three ticks are at most an hour from one, so that most minutes get ticks in many rounds.
    private static PriceBatch Batch(Random random, List<SeriesKey> series, int round)
    {
        var ticks = new PriceTick[TicksPerRound];
        for (var i = 0; i < ticks.Length; i++)
        {
            var midnight = Now.Date.AddDays(-random.Next(9));
            var at = random.Next(3) == 0 ? midnight.AddSeconds(random.Next(12 * 3_600)) : midnight.AddMilliseconds(random.Next(-3_600_000, 3_600_000));
            var observed = UnixTime.ToMicroseconds(new DateTimeOffset(at, TimeSpan.Zero)) + random.Next(1_000);
            var key = series[random.Next(series.Count)];
            if (i > 0 && random.Next(10) == 0)
            {
                // The same key again: a repeat, or a correction.
                (key, observed) = (ticks[i - 1].Series, ticks[i - 1].ObservedAtMicroseconds);
            }

            var price = random.Next(1, 10_000_000) / (decimal)Math.Pow(10, random.Next(6));
            ticks[i] = new PriceTick(
                key.Item, key.Source, price, random.Next(4) == 0 ? null : random.Next(100), observed, UnixTime.ToMicroseconds(Now) + (round * 1_000_000L) + random.Next(1_000_000));
        }

        return new PriceBatch(Guid.NewGuid(), RunId.New(Now), "p", ticks, round % 2 == 0 ? BatchLane.Live : BatchLane.Backfill);
    }

    // Ends the server's process of a roll that has begun, wherever it is just then.
    private static async Task<bool> RollAndKillAsync(TestStore store, Random random)
    {
        var rolling = store.Roller.RollAsync(TestContext.Current.CancellationToken);
        var hurry = random.Next(0, 400);
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var sql =
            $"""
             SELECT pg_sleep({hurry} / 1000.0);
             SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
             WHERE pid <> pg_backend_pid() AND state = 'active' AND (query LIKE '%"{store.Schema}".roll_%' OR query LIKE '%refresh_continuous_aggregate%"{store.Schema}"%')
             """;
        await using var command = new NpgsqlCommand(sql, connection);
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        await rows.NextResultAsync(TestContext.Current.CancellationToken);
        await rows.ReadAsync(TestContext.Current.CancellationToken);
        var killed = rows.GetInt64(0) > 0;
        await ((Task)rolling).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return killed && !rolling.IsCompletedSuccessfully;
    }

    private static async Task<int> CompareAsync(TestStore store, Random random, int count)
    {
        var ticks = await TicksAsync(store);
        var kinds = (await store.Catalog.GetSourcesAsync(TestContext.Current.CancellationToken)).ToDictionary(source => source.Id, source => source.VolumeKind);
        var compared = 0;
        var expected = BarLevels.All.SelectMany(level => ticks.GroupBy(tick => (level, tick.Series, level.Floor(tick.ObservedAtMicroseconds)))).ToArray();
        var wanted = Enumerable.Range(0, count).Select(_ => expected[random.Next(expected.Length)].Key).GroupBy(key => (key.level, key.Series));
        var model = expected.ToDictionary(group => group.Key, group => group.OrderBy(tick => tick.ObservedAtMicroseconds).ToArray());
        foreach (var group in wanted)
        {
            var bars = (await BarsAsync(store, group.Key.Series, group.Key.level)).ToDictionary(bar => bar.StartMicroseconds);
            Assert.True(
                bars.Count == model.Keys.Count(key => key.level == group.Key.level && key.Series == group.Key.Series),
                $"The number of bars of {group.Key} differ from the ticks'.");
            foreach (var key in group)
            {
                var bar = TickBars.Of(key.Item3, model[key], kinds[key.Series.Source]);
                Assert.True(bars.GetValueOrDefault(key.Item3) == bar, $"The bars of {key} differ: {bars.GetValueOrDefault(key.Item3)}; expected: {bar}.");
                compared++;
            }
        }

        return compared;
    }

    private static async Task<List<PriceTick>> TicksAsync(TestStore store)
    {
        await using var connection = new NpgsqlConnection(store.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"SELECT item_id, source_id, price, volume, observed_at, received_at FROM {store.Schema}.tick", connection);
        return await TickColumns.ReadAsync(command, TestContext.Current.CancellationToken);
    }

    private static async Task<List<Bar>> BarsAsync(TestStore store, SeriesKey series, BarLevel level)
    {
        var bars = new List<Bar>();
        string? cursor = null;
        do
        {
            var page = await store.History.GetBarsAsync(
                new BarQuery(series, level, Now.AddDays(-30), Now.AddDays(1), new PageRequest(5_000, cursor)), TestContext.Current.CancellationToken);
            bars.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        return bars;
    }
}
