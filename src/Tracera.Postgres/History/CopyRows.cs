using System.Buffers;
using System.Buffers.Binary;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Reads the rows of a query in PostgreSQL's binary copy format (PostgreSQL manual, COPY), without an object for a row or a field.</summary>
/// <remarks>Not thread-safe. What a field returns is valid until the next row is read.</remarks>
internal sealed class CopyRows : IAsyncDisposable
{
    private const int HeaderLength = 19;
    private const int BufferSize = 64 * 1024;
    private const long PostgresEpoch = 946_684_800L * UnixTime.MicrosecondsPerSecond;
    private readonly NpgsqlRawCopyStream _stream;
    private readonly int[] _starts;
    private readonly int[] _lengths;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _from;
    private int _to;
    private bool _hasHeader;
    private bool _isAtEnd;

    private CopyRows(NpgsqlRawCopyStream stream, int fields) => (_stream, _starts, _lengths) = (stream, new int[fields], new int[fields]);

    /// <summary>Starts a query.</summary>
    /// <param name="connection">The connection, which reads nothing else meanwhile.</param>
    /// <param name="query">The query, without parameters.</param>
    /// <param name="fields">How many columns it has.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public static async Task<CopyRows> OpenAsync(NpgsqlConnection connection, string query, int fields, CancellationToken cancellationToken)
    {
        var stream = await connection.BeginRawBinaryCopyAsync($"COPY ({query}) TO STDOUT (FORMAT BINARY)", cancellationToken).ConfigureAwait(false);
        return new CopyRows(stream, fields);
    }

    /// <summary>Moves to the next row.</summary>
    /// <returns>False at the end.</returns>
    public ValueTask<bool> NextAsync(CancellationToken cancellationToken) =>
        TryNext() ? new ValueTask<bool>(true) : NextSlowAsync(cancellationToken);

    public bool IsNull(int field) => _lengths[field] < 0;

    public int Int32(int field) => BinaryPrimitives.ReadInt32BigEndian(Field(field));

    public long Int64(int field) => BinaryPrimitives.ReadInt64BigEndian(Field(field));

    /// <summary>An instant in microseconds since 1970-01-01 UTC.</summary>
    public long Instant(int field) => Int64(field) + PostgresEpoch;

    public WireNumeric Numeric(int field) => new(Field(field));

    public decimal Decimal(int field) => Numeric(field).ToDecimal();

    /// <summary>A sum of decimals, which may be beyond them; null where there is none.</summary>
    public decimal? SumOrNull(int field) => IsNull(field) ? null : Numeric(field).ToDecimalWithinRange();

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        await _stream.DisposeAsync().ConfigureAwait(false);
    }

    private ReadOnlySpan<byte> Field(int field) => _buffer.AsSpan(_starts[field], _lengths[field]);

    private async ValueTask<bool> NextSlowAsync(CancellationToken cancellationToken)
    {
        while (!_isAtEnd)
        {
            await FillAsync(cancellationToken).ConfigureAwait(false);
            if (TryNext())
            {
                return true;
            }
        }

        return false;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_from > 0)
        {
            _buffer.AsSpan(_from, _to - _from).CopyTo(_buffer);
            (_from, _to) = (0, _to - _from);
        }

        if (_to == _buffer.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.CopyTo(larger, 0);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        var read = await _stream.ReadAsync(_buffer.AsMemory(_to), cancellationToken).ConfigureAwait(false);
        _to += read;
        if (read == 0 && !_isAtEnd)
        {
            throw new InvalidDataException("The server's copy ended in the middle of a row.");
        }
    }

    private bool TryNext()
    {
        if (!_hasHeader)
        {
            if (_to < HeaderLength)
            {
                return false;
            }

            (_hasHeader, _from) = (true, HeaderLength);
        }

        return !_isAtEnd && TryRow();
    }

    private bool TryRow()
    {
        var at = _from + sizeof(short);
        if (at > _to)
        {
            return false;
        }

        if (BinaryPrimitives.ReadInt16BigEndian(_buffer.AsSpan(_from)) < 0)
        {
            _isAtEnd = true;
            return false;
        }

        for (var i = 0; i < _starts.Length; i++)
        {
            if (at + sizeof(int) > _to)
            {
                return false;
            }

            var length = BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(at));
            at += sizeof(int);
            (_starts[i], _lengths[i]) = (at, length);
            at += Math.Max(length, 0);
        }

        if (at > _to)
        {
            return false;
        }

        _from = at;
        return true;
    }
}
