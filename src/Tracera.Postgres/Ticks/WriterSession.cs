using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;

namespace Tracera.Postgres;

/// <summary>A connection that is kept open for writing, with its prepared statements. Not thread-safe.</summary>
internal sealed class WriterSession : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly WriterSql _sql;
    private readonly TimeSpan _patience;
    private readonly NpgsqlCommand _claim;
    private readonly NpgsqlCommand _merge;
    private Task _ending = Task.CompletedTask;
    private bool _hasStaging;

    private WriterSession(NpgsqlConnection connection, WriterSql sql, TimeSpan patience)
    {
        (_connection, _sql, _patience) = (connection, sql, patience);
        _claim = Command(
            sql.Claim, NpgsqlDbType.Uuid, NpgsqlDbType.Smallint, NpgsqlDbType.Smallint, NpgsqlDbType.Integer, NpgsqlDbType.Integer, NpgsqlDbType.Integer | NpgsqlDbType.Array);
        _merge = Command(sql.Merge);
    }

    public BackendId Backend { get; private set; }

    /// <summary>Whether the connection stands, and no answer of the server is awaited any more.</summary>
    public bool IsSound => _ending.IsCompleted && _connection.State == System.Data.ConnectionState.Open;

    public static async Task<WriterSession> OpenAsync(PostgresDatabase database, WriterSql sql, TimeSpan patience, CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        var session = new WriterSession(connection, sql, patience);
        try
        {
            await session.SetUpAsync(cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public ValueTask<NpgsqlTransaction> BeginAsync(CancellationToken cancellationToken) => _connection.BeginTransactionAsync(cancellationToken);

    /// <summary>Records the outcome of a part beforehand, and marks its minutes. Waits for whoever else writes this part.</summary>
    /// <returns>False when the part was committed before.</returns>
    public async Task<bool> ClaimAsync(Guid batch, TickPart part, WriteOutcome expected, int[] minutes, CancellationToken cancellationToken)
    {
        Set(_claim, batch, (short)part.Part, part.Division, expected.Written, expected.Duplicate, minutes);
        return await _claim.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is 1L;
    }

    public async Task<WriteOutcome?> FindAsync(Guid batch, TickPart part, CancellationToken cancellationToken)
    {
        var command = Command(_sql.Find, NpgsqlDbType.Uuid, NpgsqlDbType.Smallint);
        await using (command.ConfigureAwait(false))
        {
            Set(command, batch, (short)part.Part);
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                return await rows.ReadAsync(cancellationToken).ConfigureAwait(false)
                    ? new WriteOutcome(rows.GetInt32(0), rows.GetInt32(1), rows.GetInt32(2), 0, rows.GetInt32(3))
                    : null;
            }
        }
    }

    /// <summary>Corrects the outcome that was recorded beforehand.</summary>
    public Task RecordAsync(Guid batch, TickPart part, WriteOutcome outcome, CancellationToken cancellationToken) => RunAsync(
        _sql.Record, cancellationToken, batch, (short)part.Part, outcome.Written, outcome.Duplicate, outcome.Corrected, outcome.DeadLettered);

    /// <summary>Sends ticks into the table, or into the staging table; when the task ends, the server has taken or refused them.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask CopyAsync(CopyBlocks blocks, TickPart part, bool staged, CancellationToken cancellationToken)
    {
        var stream = await _connection.BeginRawBinaryCopyAsync(staged ? WriterSql.CopyStaging : _sql.Copy, cancellationToken).ConfigureAwait(false);
        stream.ReadTimeout = (int)_patience.TotalMilliseconds;
        stream.WriteTimeout = stream.ReadTimeout;
        try
        {
            await blocks.SendAsync(stream, part, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The answer cannot be cancelled; when the caller goes, it is left behind with the connection, and ends with it or by its time-out.
            _ending = stream.DisposeAsync().AsTask();
            await _ending.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task PrepareStagingAsync(CancellationToken cancellationToken)
    {
        if (!_hasStaging)
        {
            await RunAsync(WriterSql.CreateStaging, cancellationToken).ConfigureAwait(false);
            _hasStaging = true;
        }
    }

    /// <summary>Moves what is staged into the table.</summary>
    public async Task<(int Written, int Corrected)> MergeAsync(CancellationToken cancellationToken)
    {
        var rows = await _merge.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            await rows.ReadAsync(cancellationToken).ConfigureAwait(false);
            return ((int)rows.GetInt64(0), (int)rows.GetInt64(1));
        }
    }

    /// <summary>Ends a server process of ours whose connection was lost, so that what it did is either committed or gone.</summary>
    /// <returns>False when it does not end.</returns>
    public async Task<bool> EndAsync(BackendId backend, CancellationToken cancellationToken)
    {
        var command = Command(WriterSql.Terminate, NpgsqlDbType.Integer, NpgsqlDbType.TimestampTz);
        await using (command.ConfigureAwait(false))
        {
            Set(command, backend.ProcessId, backend.StartedAt);
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is not false;
        }
    }

    public async Task RunAsync(string sql, CancellationToken cancellationToken, params object?[] values)
    {
        var command = new NpgsqlCommand(sql, _connection);
        await using (command.ConfigureAwait(false))
        {
            foreach (var value in values)
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            }

            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _claim.DisposeAsync().ConfigureAwait(false);
        await _merge.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private static void Set(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i];
        }
    }

    private async Task SetUpAsync(CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(WriterSql.SetUp, _connection);
        await using (command.ConfigureAwait(false))
        {
            Backend = new BackendId(_connection.ProcessID, (DateTime)(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!);
        }

        await _claim.PrepareAsync(cancellationToken).ConfigureAwait(false);
    }

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<NpgsqlDbType> types)
    {
        var command = new NpgsqlCommand(sql, _connection);
        foreach (var type in types)
        {
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = type });
        }

        return command;
    }
}
