using System.Globalization;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>Ticks of many items over thirty days, in a schema of their own, rolled up.</summary>
/// <param name="Schema">The schema.</param>
/// <param name="Items">How many items.</param>
/// <param name="Now">The present.</param>
internal sealed record WindowData(string Schema, int Items, DateTimeOffset Now)
{
    private const int Days = 30;

    /// <summary>Fills the tables: every item at every instant that a query gives, a little apart.</summary>
    /// <param name="cluster">The server, whose schema was migrated.</param>
    /// <param name="instants">A query of instants.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task FillAsync(PostgresCluster cluster, string instants, CancellationToken cancellationToken)
    {
        var now = Now.ToString("O", CultureInfo.InvariantCulture);
        await cluster.PsqlAsync(
            $"""
             SET search_path = {Schema};
             INSERT INTO source (provider, name, currency, kind, volume_kind) VALUES ('load', 'load', 'USD', 0, 0);
             SELECT ensure_tick_partitions(timestamptz '{now}' - interval '{Days + 1} days', timestamptz '{now}');
             INSERT INTO tick
             SELECT at - (i % 60) * interval '0.5 second', i, 1, 100 + round((random() * 20)::numeric, 2), 1, at
             FROM ({instants.Replace("{now}", $"timestamptz '{now}'", StringComparison.Ordinal)}) t (at) CROSS JOIN generate_series(1, {Items}) i;
             INSERT INTO dirty SELECT DISTINCT date_bin('1 minute', observed_at, '2000-01-03 00:00+00') FROM tick;
             """,
            cancellationToken: cancellationToken);
        var roll = BarLevels.All.Select(level =>
            $"""
             DO $do$ BEGIN WHILE {Schema}.roll_{level.Name()}(timestamptz '{now}' - interval '1 minute', 64) > 0 LOOP COMMIT; END LOOP; END $do$;
             VACUUM ANALYZE {Schema}.bar_{level.Name()};
             """);
        await RunAsync(
            cluster, $"SET work_mem = '256MB'; SET jit = off; SET synchronous_commit = off;\n{string.Join('\n', roll)}\nVACUUM ANALYZE {Schema}.tick;", cancellationToken);
    }

    // From a file, so that every statement is a transaction of its own.
    private static async Task RunAsync(PostgresCluster cluster, string script, CancellationToken cancellationToken)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, script, cancellationToken);
            await cluster.PsqlFileAsync(file, cancellationToken: cancellationToken);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
