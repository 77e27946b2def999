using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>Prices of now beside a backfill of old days: how long a tick of now takes from its receipt to its commit, alone and beside the backfill.</summary>
/// <remarks>
/// Pairs are interleaved: alone, then beside. The backfill fills <c>TRACERA_LOAD_BACKFILL</c> rows in all (10,000,000), spread over <c>TRACERA_LOAD_PAIRS</c> pairs (5);
/// prices of now come 2,000 a second, with default options. A backfilled price that reaches live clients ends the program with a wrong count.
/// </remarks>
internal sealed class BackfillScenario : IScenario
{
    private const int PerSecond = 2_000;
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(LoadSize.Of("TRACERA_LOAD_ALONE", 15));
    private static readonly int Pairs = LoadSize.Of("TRACERA_LOAD_PAIRS", 5);
    private static readonly int Rows = LoadSize.Of("TRACERA_LOAD_BACKFILL", 10_000_000);

    public string Name => "backfill";

    public async IAsyncEnumerable<LoadResult> RunAsync(TextWriter remarks, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (PostgresInstall.BinFolder is null)
        {
            await remarks.WriteLineAsync(PostgresInstall.Missing);
            yield break;
        }

        var settings = new PostgresClusterSettings { Server = new Dictionary<string, string> { ["max_wal_size"] = "4GB" } };
        await using var cluster = await PostgresCluster.CreateAsync(settings, cancellationToken);
        await using var bench = await BackfillBench.StartAsync(cluster, PerSecond, cancellationToken);
        var (alone, beside, ratio) = (new Samples("p99 alone, ms"), new Samples("p99 beside, ms"), new Samples("ratio of a pair"));
        var begins = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero).AddDays(-2);
        await bench.LiveForAsync(TimeSpan.FromSeconds(5), cancellationToken);
        for (var pair = 0; pair < Pairs; pair++)
        {
            var quiet = P99(await bench.LiveForAsync(Alone, cancellationToken));
            var minutes = Rows / Pairs / HistoryFeed.Items;
            var from = begins.AddMinutes(-(pair + 1) * minutes);
            var (latencies, seconds) = await bench.BackfillAsync(from, from.AddMinutes(minutes), cancellationToken);
            var busy = P99(latencies);
            alone.Add(quiet);
            beside.Add(busy);
            ratio.Add(busy / quiet);
            await remarks.WriteLineAsync($"pair {pair + 1}: {minutes * HistoryFeed.Items} rows in {seconds:N1} s; p99 {quiet:N1} ms alone, {busy:N1} ms beside, of {latencies.Count} ticks");
        }

        WrongCountException.ThrowUnless(0, bench.HistoryUpdates, "Backfilled prices that reached live clients");
        await bench.CheckAsync(Rows / Pairs / HistoryFeed.Items * HistoryFeed.Items * (long)Pairs, cancellationToken);
        await remarks.WriteLineAsync(ratio.ToString());
        yield return LoadResult.Of("backfill", beside.Median, "the same alone", alone.Median, "ms, p99 of receipt to commit");
        yield return LoadResult.Of("backfill-pairs", ratio.Median, "the bound", 1.5, "times the p99 alone");
    }

    private static double P99(List<double> latencies) => latencies.Order().ElementAt(latencies.Count * 99 / 100);
}
