using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;

namespace Tracera.Postgres;

/// <summary>Refreshes the continuous aggregates wherever a mark says that ticks were written.</summary>
/// <remarks>
/// A refresh cannot be part of a transaction. So a mark goes only after its bucket was refreshed: until then the bucket is computed when it is read, and a refresh
/// that was interrupted is done again. A session lock keeps two hosts from refreshing the same; what the server's own policy refreshes just then is left for the
/// next round.
/// </remarks>
internal sealed class TimescaleRoll(PostgresDatabase database, IOptions<PostgresOptions> options) : ILevelRoll
{
    private const int Most = 1_440;
    private const int Anew = 1;
    private const int Never = 2;

    public async Task<long> RunAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var total = 0L;
        await SessionLock.TryRunAsync(
            database, connection, "roll", async () => total = await RollAsync(connection, at, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        return total;
    }

    private async Task<long> RollAsync(NpgsqlConnection connection, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var total = 0L;
        foreach (var level in BarLevels.All)
        {
            var rolled = 0;
            do
            {
                rolled = await RollSliceAsync(connection, level, at, cancellationToken).ConfigureAwait(false);
                total += rolled;
            }
            while (rolled == Most);
        }

        return total;
    }

    private async Task<int> RollSliceAsync(NpgsqlConnection connection, BarLevel level, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (level == BarLevel.Minute1)
        {
            await database.ScalarAsync(
                connection, "SELECT {schema}.take_minutes($1, $2)", cancellationToken, PgTime.Parameter(at), new NpgsqlParameter<int> { TypedValue = Most }).ConfigureAwait(false);
        }

        var marks = await MarkedAsync(connection, level, at, cancellationToken).ConfigureAwait(false);
        if (marks.Count == 0)
        {
            return 0;
        }

        foreach (var how in new[] { 0, Anew })
        {
            var buckets = marks.Where(mark => mark.How == how).Select(mark => how == Anew ? mark.Bucket.Date : mark.Bucket).Distinct().ToList();
            foreach (var (from, to) in BucketRanges.Of(buckets, how == Anew ? BarLevel.Day1.Width() : level.Width()))
            {
                if (!await TryRefreshAsync(connection, level, from, to, how == Anew, cancellationToken).ConfigureAwait(false))
                {
                    marks.RemoveAll(mark => mark.How == how && mark.Bucket >= from && mark.Bucket < to);
                }
            }
        }

        await DoneAsync(connection, level, marks, cancellationToken).ConfigureAwait(false);
        return marks.Count;
    }

    private async Task<List<(DateTime Bucket, int How)>> MarkedAsync(
        NpgsqlConnection connection, BarLevel level, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var marks = new List<(DateTime, int)>();
        var command = database.Command(
            connection,
            "SELECT bucket, how FROM {schema}.marked($1, $2, $3, $4, $5, $6)",
            new NpgsqlParameter<int> { TypedValue = (int)level },
            new NpgsqlParameter<TimeSpan> { TypedValue = level.Width() },
            PgTime.Parameter(at),
            new NpgsqlParameter<int> { TypedValue = Most },
            PgTime.Parameter(at - options.Value.TickRetention),
            PgTime.Parameter(at - options.Value.BarRetention.Minute1));
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    marks.Add((rows.GetDateTime(0), rows.GetInt32(1)));
                }
            }
        }

        return marks;
    }

    // False where somebody else refreshes the same: what ticks came since may not be in theirs.
    private async Task<bool> TryRefreshAsync(
        NpgsqlConnection connection, BarLevel level, DateTime from, DateTime to, bool isForced, CancellationToken cancellationToken)
    {
        var (first, end) = (SqlText.Of(UnixTime.ToMicroseconds(from)), SqlText.Of(UnixTime.ToMicroseconds(to)));
        var force = isForced ? ", force => true" : string.Empty;
        var command = database.Command(connection, $"CALL refresh_continuous_aggregate('{{schema}}.bar_{level.Name()}', {first}, {end}{force})");
        command.CommandTimeout = options.Value.LongCommandSeconds;
        try
        {
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            return true;
        }
        catch (PostgresException busy) when (busy.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return false;
        }
    }

    private async Task DoneAsync(NpgsqlConnection connection, BarLevel level, List<(DateTime Bucket, int How)> marks, CancellationToken cancellationToken)
    {
        var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            var done = marks.Select(mark => mark.Bucket).ToList();
            if (level == BarLevel.Minute1)
            {
                await database.ScalarAsync(connection, "SELECT {schema}.settle($1)", cancellationToken, PgTime.Parameter(done)).ConfigureAwait(false);
            }

            var next = level == BarLevel.Day7 ? level : level + 1;
            await database.ScalarAsync(
                connection,
                "SELECT {schema}.refreshed($1, $2, $3, $4)",
                cancellationToken,
                new NpgsqlParameter<int> { TypedValue = (int)level },
                PgTime.Parameter(done),
                PgTime.Parameter(marks.Where(static mark => mark.How != Never).Select(static mark => mark.Bucket)),
                new NpgsqlParameter<TimeSpan> { TypedValue = next.Width(), NpgsqlDbType = NpgsqlDbType.Interval }).ConfigureAwait(false);
            await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
