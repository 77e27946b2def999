using Microsoft.Data.Sqlite;

namespace Tracera.Sqlite;

/// <summary>One connection with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    public SqliteSession(string path, bool isWriter, TimeSpan busyTimeout)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = isWriter ? SqliteOpenMode.ReadWriteCreate : SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = 0,
        }.ToString());
        try
        {
            _connection.Open();
            Run($"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}");
            Run("PRAGMA temp_store = MEMORY");
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>The prepared statement of a text, reset and with the parameters of its last use.</summary>
    public SqliteStatement Statement(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new SqliteStatement(_connection.Handle!, sql);
            _statements.Add(sql, statement);
        }

        return statement;
    }

    /// <summary>Runs a statement that is not worth keeping.</summary>
    /// <returns>The first column of the first row as a number, if there is one.</returns>
    public long? Run(string sql)
    {
        using var statement = new SqliteStatement(_connection.Handle!, sql);
        var value = statement.Step() && !statement.IsNull(0) ? statement.Int64(0) : (long?)null;
        while (value is not null && statement.Step())
        {
        }

        return value;
    }

    /// <summary>Runs several statements that answer nothing.</summary>
    public void RunScript(string sql)
    {
        using var command = _connection.CreateCommand();
#pragma warning disable CA2100 // The text is a migration of this assembly.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    /// <summary>Runs work in a transaction: all of it, or nothing where it throws.</summary>
    public T Transact<T>(Func<SqliteSession, T> work, bool writes)
    {
        Statement(writes ? "BEGIN IMMEDIATE" : "BEGIN").Execute();
        var committed = false;
        try
        {
            var answer = work(this);
            ResetAll();
            Statement("COMMIT").Execute();
            committed = true;
            return answer;
        }
        finally
        {
            if (!committed)
            {
                RollBack();
            }
        }
    }

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Dispose();
        }

        _statements.Clear();
        _connection.Dispose();
    }

    private void ResetAll()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Reset();
        }
    }

    // SQLite itself rolls back after some errors, for example a full disk.
    private void RollBack()
    {
        ResetAll();
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
        {
            Statement("ROLLBACK").Execute();
        }
    }
}
