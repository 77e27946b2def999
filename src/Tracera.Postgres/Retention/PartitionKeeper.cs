using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Makes partitions ahead of time, removes days that are too old, and gives days that are over an index by item.</summary>
internal sealed class PartitionKeeper(PostgresDatabase database, DayIndexes indexes, IOptions<PostgresOptions> options)
{
    // Late ticks of a day still come in its first hours after.
    private static readonly TimeSpan Settled = TimeSpan.FromHours(1);

    // What was backfilled lately stays a day longer, so that a repeat of it is still recognised and its bars are complete.
    public static readonly TimeSpan TouchGrace = TimeSpan.FromDays(1);
    private readonly PostgresOptions _options = options.Value;

    /// <summary>Makes the partitions that come next and removes the days that are too old.</summary>
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
        foreach (var day in await DaysAsync(connection, cancellationToken).ConfigureAwait(false))
        {
            if (IsTooOld(day, now))
            {
                removed += await CloseAsync(connection, day.Date, now, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }
        }

        return removed;
    }

    /// <summary>Gives the days that are over their index, which may take long.</summary>
    public async Task IndexAsync(NpgsqlConnection connection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var days = await DaysAsync(connection, cancellationToken).ConfigureAwait(false);
        await indexes.MakeAsync(
            connection,
            days.Where(day => !day.HasIndex && !IsTooOld(day, now) && day.End + Settled <= now).Select(day => (day, day.End + _options.CompressAfter <= now)),
            cancellationToken).ConfigureAwait(false);
    }

    private bool IsTooOld(TickDay day, DateTimeOffset now) => day.End <= now - _options.TickRetention;

    private Task<bool> CloseAsync(NpgsqlConnection connection, DateOnly day, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var touched = now - (_options.TickRetention < TouchGrace ? _options.TickRetention : TouchGrace);
        return database
            .Command(connection, "SELECT {schema}.close_day($1, $2)", new NpgsqlParameter<DateOnly> { TypedValue = day }, PgTime.Parameter(touched))
            .TryAsync(cancellationToken);
    }

    private Task<List<TickDay>> DaysAsync(NpgsqlConnection connection, CancellationToken cancellationToken) => connection.QueryAsync(
        database.Sql("SELECT day, partition, has_index FROM {schema}.tick_day ORDER BY day"),
        static row => new TickDay(DateOnly.FromDateTime(row.GetDateTime(0)), row.GetString(1), row.GetBoolean(2)),
        cancellationToken);
}
