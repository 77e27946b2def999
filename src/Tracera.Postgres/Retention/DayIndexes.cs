using System.Data;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Gives the partitions of days that are over an index by item.</summary>
/// <remarks>The owner makes it beside those who write. Another role has it made with the owner's rights, which holds up writers: once live ticks are refused for their age.</remarks>
internal sealed class DayIndexes(PostgresDatabase database, IOptions<PostgresOptions> options)
{
    // The functions that work with the owner's rights take the same lock.
    private const string Lock = "retention";
    private readonly PostgresOptions _options = options.Value;
    private bool _isOwner = true;

    /// <summary>Makes what is missing; a day that fails does not keep the others from theirs.</summary>
    /// <param name="connection">The connection, which serves nothing else meanwhile.</param>
    /// <param name="days">The days, and for each whether live ticks of it are refused for their age.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NpgsqlException">At least one could not be made; the first reason.</exception>
    public async Task MakeAsync(NpgsqlConnection connection, IEnumerable<(TickDay Day, bool IsQuiet)> days, CancellationToken cancellationToken)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var (day, isQuiet) in days)
        {
            try
            {
                await MakeAsync(connection, day, isQuiet, cancellationToken).ConfigureAwait(false);
            }
            catch (NpgsqlException fault) when (connection.State == ConnectionState.Open)
            {
                first ??= ExceptionDispatchInfo.Capture(fault);
            }
        }

        first?.Throw();
    }

    private async Task MakeAsync(NpgsqlConnection connection, TickDay day, bool isQuiet, CancellationToken cancellationToken)
    {
        try
        {
            if (_isOwner)
            {
                await SessionLock.TryRunAsync(database, connection, Lock, () => BuildAsync(connection, day.Partition, cancellationToken), cancellationToken).ConfigureAwait(false);
                return;
            }
        }
        catch (PostgresException fault) when (fault.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            _isOwner = false;
        }

        if (isQuiet)
        {
            var command = database.Command(connection, "SELECT {schema}.index_day($1)", new NpgsqlParameter<DateOnly> { TypedValue = day.Date });
            command.CommandTimeout = _options.LongCommandSeconds;
            await command.TryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // What an interrupted attempt left behind is of no use and goes first.
    private async Task BuildAsync(NpgsqlConnection connection, string partition, CancellationToken cancellationToken)
    {
        await RunAsync($"DROP INDEX CONCURRENTLY IF EXISTS {{schema}}.{partition}_by_item").ConfigureAwait(false);
        await RunAsync($"CREATE INDEX CONCURRENTLY {partition}_by_item ON {{schema}}.{partition} (item_id, source_id, observed_at)").ConfigureAwait(false);

        async Task RunAsync(string sql)
        {
            var command = database.Command(connection, sql);
            command.CommandTimeout = _options.LongCommandSeconds;
            await using (command.ConfigureAwait(false))
            {
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
