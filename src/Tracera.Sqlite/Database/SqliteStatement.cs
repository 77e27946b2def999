using System.Buffers.Text;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tracera.Sqlite;

/// <summary>A prepared statement, used again and again by the one thread that has its session.</summary>
/// <remarks>Parameters count from 1, columns from 0, as in SQLite. Errors surface as <see cref="SqliteException"/> and leave the statement reset.</remarks>
internal sealed class SqliteStatement : IDisposable
{
    private const int MaxDecimalLength = 40;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public SqliteStatement(sqlite3 database, string sql)
    {
        _database = database;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(database, sql, out _statement), database);
    }

    public SqliteStatement Bind(int index, long value) => Check(raw.sqlite3_bind_int64(_statement, index, value));

    public SqliteStatement Bind(int index, long? value) => value is { } known ? Bind(index, known) : BindNull(index);

    public SqliteStatement Bind(int index, string? value) =>
        value is null ? BindNull(index) : Check(raw.sqlite3_bind_text(_statement, index, value));

    public SqliteStatement Bind(int index, Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return Bind(index, bytes);
    }

    public SqliteStatement Bind(int index, ReadOnlySpan<byte> value) => Check(raw.sqlite3_bind_blob(_statement, index, value));

    public SqliteStatement Bind(int index, decimal? value)
    {
        if (value is not { } number)
        {
            return BindNull(index);
        }

        Span<byte> text = stackalloc byte[MaxDecimalLength];
        Utf8Formatter.TryFormat(number, text, out var length);
        text = text[..length];
        if (text.Contains((byte)'.'))
        {
            text = text.TrimEnd((byte)'0').TrimEnd((byte)'.');
        }

        return Check(raw.sqlite3_bind_text(_statement, index, text));
    }

    public SqliteStatement BindNull(int index) => Check(raw.sqlite3_bind_null(_statement, index));

    /// <summary>Goes to the next row. At the end the statement is reset and ready for its next use.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
        {
            return true;
        }

        Reset();
        if (code != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(code, _database);
        }

        return false;
    }

    /// <summary>Runs the statement to its end.</summary>
    /// <returns>How many rows it changed; meaningless for a query.</returns>
    public int Execute()
    {
        while (Step())
        {
        }

        return raw.sqlite3_changes(_database);
    }

    public long? Scalar()
    {
        long? value = Step() && !IsNull(0) ? Int64(0) : null;
        Reset();
        return value;
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public int Int32(int column) => raw.sqlite3_column_int(_statement, column);

    public long? Int64OrNull(int column) => IsNull(column) ? null : Int64(column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public ReadOnlySpan<byte> Blob(int column) => raw.sqlite3_column_blob(_statement, column);

    public Guid Guid(int column) => new(Blob(column), bigEndian: true);

    public decimal Decimal(int column) =>
        decimal.Parse(raw.sqlite3_column_blob(_statement, column), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);

    public decimal? DecimalOrNull(int column) => IsNull(column) ? null : Decimal(column);

    public void Dispose() => _statement.Dispose();

    private SqliteStatement Check(int code)
    {
        SqliteException.ThrowExceptionForRC(code, _database);
        return this;
    }
}
