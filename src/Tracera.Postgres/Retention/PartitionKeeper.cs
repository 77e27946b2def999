using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Makes partitions ahead of time, gives days that are over an index by item, and removes days that are too old.</summary>
internal sealed class PartitionKeeper(PostgresDatabase database, IOptions<PostgresOptions> options)
{
    // Late ticks of a day still come in its first hours after.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    // What was backfilled lately stays a day longer, so that a repeat of it is still recognised and its bars are complete.
    public static readonly TimeSpan TouchGrace = TimeSpan.FromDays(1);
    private readonly PostgresOptions _options = options.Value;
    private bool _isOwner = true;

    /// <summary>Looks after the partitions.</summary>
    /// <returns>How many days were removed.</returns>
    public async Task<int> RunAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(
            connection,
            "SELECT {schema}.ensure_tick_partitions($1, $2)",
            cancellationToken,
            PgTime.Parameter(now),
            PgTime.Parameter(now.AddDays(_options.PartitionsAhead))).ConfigureAwait(false);
        var removed = 0;
        foreach (var (day, partition, hasIndex) in await DaysAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            var end = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            if (end <= now - _options.TickRetention)
            {
                removed += await CloseAsync(connection, day, now, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
            else if (!hasIndex && end + Settled <= now)
            {
                await IndexAsync(connection, day, partition, end + _options.CompressAfter <= now, cancellationToken).ConfigureAwait(false);
            }
        }

        return removed;
    }

    private Task<bool> CloseAsync(NpgsqlConnection connection, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var touched = now - (_options.TickRetention < TouchGrace ? _options.TickRetention : TouchGrace);
        return TryAsync(
            connection, "SELECT {schema}.close_day($1, $2)", cancellationToken, new NpgsqlParameter<DateOnly> { TypedValue = day }, PgTime.Parameter(touched));
    }

    // The owner makes it beside the writers. Another role has it made with the owner's rights, which holds up writers: once live ticks are refused for their age.
    private async Task IndexAsync(NpgsqlConnection connection, DateOnly day, string partition, bool isQuiet, CancellationToken cancellationToken)
    {
        try
        {
            if (_isOwner)
            {
                await IndexAsync(connection, partition, cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            _isOwner = false;
        }

        if (isQuiet)
        {
            await TryAsync(connection, "SELECT {schema}.index_day($1)", cancellationToken, new NpgsqlParameter<DateOnly> { TypedValue = day }).ConfigureAwait(false);
        }
    }

    // What an interrupted attempt left behind is of no use and goes first.
    private async Task IndexAsync(NpgsqlConnection connection, string partition, CancellationToken cancellationToken)
    {
        await database.ExecuteAsync(connection, $"DROP INDEX IF EXISTS {{schema}}.{partition}_by_item", cancellationToken).ConfigureAwait(false);
        await database.ExecuteAsync(
            connection,
            $"CREATE INDEX CONCURRENTLY {partition}_by_item ON {{schema}}.{partition} (item_id, source_id, observed_at)",
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<bool> TryAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params NpgsqlParameter[] parameters)
    {
        try
        {
            return await database.ScalarAsync(connection, sql, cancellationToken, parameters).ConfigureAwait(false) is true;
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            // Somebody reads or writes it: the next round tries again.
            return false;
        }
    }

    private async Task<List<(DateOnly Day, string Partition, bool HasIndex)>> DaysAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        var days = new List<(DateOnly, string, bool)>();
        var command = database.Command(connection, "SELECT day, partition, has_index FROM {schema}.tick_day ORDER BY day");
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    days.Add((DateOnly.FromDateTime(rows.GetDateTime(0)), rows.GetString(1), rows.GetBoolean(2)));
                }
            }
        }

        return days;
    }
}
