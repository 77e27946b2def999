using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>One round of looking after the store: partitions, policies, and what is too old.</summary>
/// <remarks>Works in small transactions, beside those who write. TimescaleDB removes ticks and bars by its own policies.</remarks>
internal sealed class RetentionPass(
    PostgresDatabase database, PartitionKeeper partitions, IOptions<PostgresOptions> options, TimeProvider time, ILogger<RetentionPass> logger)
{
    private const int RowsPerStep = 20_000;
    private readonly PostgresOptions _options = options.Value;
    private bool _hasPolicies;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var (days, bars) = (0, 0L);
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            if (database.Kind == StoreKind.Plain)
            {
                days = await partitions.RunAsync(connection, now, cancellationToken).ConfigureAwait(false);
                bars = await RemoveBarsAsync(connection, now, cancellationToken).ConfigureAwait(false);
            }
            else
            {
                await SetPoliciesAsync(connection, cancellationToken).ConfigureAwait(false);
                await RaiseFloorAsync(connection, now, cancellationToken).ConfigureAwait(false);
            }

            var records = await RemoveRecordsAsync(connection, now, cancellationToken).ConfigureAwait(false);
            if (days + bars + records > 0)
            {
                LevelLog.Retained(logger, days, bars, records);
            }

            // Last, because it may take long, or fail, and nothing waits for it.
            if (database.Kind == StoreKind.Plain)
            {
                await partitions.IndexAsync(connection, now, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task SetPoliciesAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        if (_hasPolicies)
        {
            return;
        }

        var bars = BarLevels.All.Select(level => _options.BarRetention.Of(level)).ToArray();
        var set = await database.ScalarAsync(
            connection,
            "SELECT {schema}.set_policies($1, $2, $3)",
            cancellationToken,
            new NpgsqlParameter<TimeSpan> { TypedValue = _options.CompressAfter },
            new NpgsqlParameter<TimeSpan> { TypedValue = _options.TickRetention },
            new NpgsqlParameter<TimeSpan[]> { TypedValue = bars }).ConfigureAwait(false);
        _hasPolicies = true;
        if (set is int and > 0)
        {
            LevelLog.PoliciesSet(logger, (int)set);
        }
    }

    // The policies do not say what they dropped.
    private Task<int> RaiseFloorAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken) => database.ExecuteAsync(
        connection,
        "INSERT INTO {schema}.bar_floor AS f (level, at) VALUES (0, $1) ON CONFLICT (level) DO UPDATE SET at = greatest(f.at, excluded.at)",
        cancellationToken,
        PgTime.Parameter(now - _options.BarRetention.Minute1));

    private async Task<long> RemoveBarsAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var level in BarLevels.All)
        {
            var before = level.Floor(now - _options.BarRetention.Of(level));
            total += await RepeatAsync(async () => Convert.ToInt32(
                await database.ScalarAsync(
                    connection,
                    "SELECT {schema}.purge_bars($1, $2, $3, $4)",
                    cancellationToken,
                    new NpgsqlParameter<int> { TypedValue = (int)level },
                    PgTime.Parameter(before),
                    PgTime.Parameter(now - PartitionKeeper.TouchGrace),
                    new NpgsqlParameter<int> { TypedValue = RowsPerStep }).ConfigureAwait(false),
                CultureInfo.InvariantCulture)).ConfigureAwait(false);
        }

        return total;
    }

    private async Task<long> RemoveRecordsAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var total = await RemoveAsync("run", "id", "state <> 0 AND finished_at < $1", now - _options.RunRetention).ConfigureAwait(false);
        total += await RemoveAsync("batch", "ctid", "at < $1", now - _options.BatchIdRetention).ConfigureAwait(false);
        return total + await RemoveAsync("dead_letter", "id", "refused_at < $1", now - _options.DeadLetterRetention).ConfigureAwait(false);

        Task<long> RemoveAsync(string table, string key, string condition, DateTimeOffset before) => RepeatAsync(() => database.ExecuteAsync(
            connection,
            $"DELETE FROM {{schema}}.{table} WHERE {key} = ANY (ARRAY(SELECT {key} FROM {{schema}}.{table} WHERE {condition} LIMIT $2))",
            cancellationToken,
            PgTime.Parameter(before),
            new NpgsqlParameter<int> { TypedValue = RowsPerStep }));
    }

    private static async Task<long> RepeatAsync(Func<Task<int>> step)
    {
        var (total, removed) = (0L, 0);
        do
        {
            removed = await step().ConfigureAwait(false);
            total += removed;
        }
        while (removed > 0);

        return total;
    }
}
