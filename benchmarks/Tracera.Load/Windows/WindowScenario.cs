using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>Reading the four windows of many items from the levels, and the same bars made from ticks by the server.</summary>
/// <remarks>
/// Two sets: many items with few prices each (<c>TRACERA_LOAD_ITEMS</c>, 100,000), and items that are polled every ten minutes for thirty days
/// (<c>TRACERA_LOAD_POLLED</c>, 1,000). The peer's bytes are only received: it makes no bars of them.
/// </remarks>
internal sealed class WindowScenario : IScenario
{
    private const int Rounds = 3;
    private const string Few =
        "SELECT {now} - h * interval '15 minutes' FROM generate_series(0, 3) h UNION SELECT {now} - h * interval '3 hours' FROM generate_series(1, 8) h "
        + "UNION SELECT {now} - h * interval '19 hours' FROM generate_series(2, 9) h UNION SELECT {now} - h * interval '70 hours' FROM generate_series(3, 10) h";

    private const string Polled = "SELECT {now} - h * interval '10 minutes' FROM generate_series(0, 30 * 144) h";
    private static readonly DateTimeOffset Now = new(2026, 1, 31, 12, 34, 30, TimeSpan.Zero);

    public string Name => "windows";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (PostgresInstall.BinFolder is null)
        {
            await remarks.WriteLineAsync(PostgresInstall.Missing);
            yield break;
        }

        var settings = new PostgresClusterSettings
        {
            Server = new Dictionary<string, string> { ["shared_buffers"] = "512MB", ["max_wal_size"] = "4GB", ["autovacuum"] = "off" },
        };
        await using var cluster = await PostgresCluster.CreateAsync(settings, cancellationToken);
        yield return await MeasureAsync(cluster, new WindowData("polled", LoadSize.Of("TRACERA_LOAD_POLLED", 1_000), Now), Polled, "windows-polled", remarks, cancellationToken);
        yield return await MeasureAsync(cluster, new WindowData("many", LoadSize.Of("TRACERA_LOAD_ITEMS", 100_000), Now), Few, "windows", remarks, cancellationToken);
    }

    private static async Task<LoadResult> MeasureAsync(
        PostgresCluster cluster, WindowData data, string instants, string name, TextWriter remarks, CancellationToken cancellationToken)
    {
        await using var services = Services(cluster, data.Schema);
        var lifecycle = services.GetServices<ComponentRegistration>().Where(part => part.Name == "postgres").Select(part => part.Factory(services)).Single();
        await lifecycle.StartAsync(cancellationToken);
        await data.FillAsync(cluster, instants, cancellationToken);
        var history = services.GetRequiredService<IPriceHistory>();
        var (ours, theirs) = (new Samples($"{name}, levels, ms"), new Samples($"{name}, ticks, ms"));
        for (var round = 0; round < Rounds; round++)
        {
            var (bars, first) = await TimeAsync(() => ReadAsync(history, data, cancellationToken));
            var (raw, second) = await TimeAsync(() => ReadTicksAsync(cluster, data, cancellationToken));
            WrongCountException.ThrowUnless(raw, bars, $"{name}: bars of four windows");
            ours.Add(first);
            theirs.Add(second);
        }

        await lifecycle.StopAsync(cancellationToken);
        await remarks.WriteLineAsync(ours.ToString());
        await remarks.WriteLineAsync(theirs.ToString());
        return LoadResult.Of(name, ours.Median, "the same bars from ticks", theirs.Median, "ms");
    }

    private static ServiceProvider Services(PostgresCluster cluster, string schema)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging().AddMetrics().AddTracera().AddPostgres(options =>
        {
            options.ConnectionString = cluster.ConnectionString();
            options.Schema = schema;
        });
        return services.BuildServiceProvider();
    }

    private static async Task<(long Count, double Milliseconds)> TimeAsync(Func<Task<long>> read)
    {
        var startedAt = Stopwatch.GetTimestamp();
        var count = await read();
        return (count, Stopwatch.GetElapsedTime(startedAt).TotalMilliseconds);
    }

    private static async Task<long> ReadAsync(IPriceHistory history, WindowData data, CancellationToken cancellationToken)
    {
        var series = Enumerable.Range(1, data.Items).Select(static i => new SeriesKey(new ItemId(i), new SourceId(1))).ToList();
        var bars = 0L;
        foreach (var window in Window.All)
        {
            await foreach (var read in history.ReadWindowsAsync(series, window, data.Now, cancellationToken))
            {
                bars += read.Bars.Length;
            }
        }

        return bars;
    }

    private static async Task<long> ReadTicksAsync(PostgresCluster cluster, WindowData data, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString());
        await connection.OpenAsync(cancellationToken);
        var bars = 0L;
        foreach (var window in Window.All)
        {
            await using (var settings = new NpgsqlCommand("SET jit = off; SET work_mem = '64MB'", connection))
            {
                await settings.ExecuteNonQueryAsync(cancellationToken);
            }

            var start = window.StartAt(data.Now).ToString("O", CultureInfo.InvariantCulture);
            await using var rows = await connection.BeginTextExportAsync(
                $"""
                 COPY (
                     SELECT item_id, source_id, date_bin(interval '{window.Level.Width().TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds', observed_at, '2000-01-03 00:00+00') AS bucket, count(*),
                            (array_agg(price ORDER BY observed_at))[1], max(price), min(price), (array_agg(price ORDER BY observed_at DESC))[1], sum(volume),
                            sum(price), sum(price * price), sum(t), sum(t * t), sum(t * price)
                     FROM (SELECT *, date_part('epoch', observed_at - timestamptz '{start}')::bigint::numeric AS t FROM {data.Schema}.tick WHERE observed_at >= '{start}') t
                     GROUP BY 1, 2, 3 ORDER BY 1, 2, 3) TO STDOUT
                 """,
                cancellationToken);
            while (await rows.ReadLineAsync(cancellationToken) is not null)
            {
                bars++;
            }
        }

        return bars;
    }
}
