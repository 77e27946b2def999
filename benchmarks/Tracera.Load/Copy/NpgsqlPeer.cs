using Npgsql;

namespace Tracera.Load;

/// <summary>Npgsql alone: it sends the same bytes, which were encoded before, in blocks of the same size. What it takes a COPY, no program that uses it can save.</summary>
internal sealed class NpgsqlPeer : IAsyncDisposable
{
    private const int BlockBytes = 128 * 1024;
    private readonly NpgsqlConnection _connection;
    private readonly string _copy;
    private readonly byte[][] _batches;

    private NpgsqlPeer(NpgsqlConnection connection, string copy, byte[][] batches) => (_connection, _copy, _batches) = (connection, copy, batches);

    /// <summary>Opens a connection and reads the files.</summary>
    public static async Task<NpgsqlPeer> OpenAsync(string connectionString, string table, string folder, int files, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        var batches = await Task.WhenAll(Enumerable.Range(0, files).Select(file => File.ReadAllBytesAsync(PsqlPeer.FileOf(folder, file), cancellationToken)));
        return new NpgsqlPeer(connection, $"COPY {table} ({Postgres.CopyFormat.Columns}) FROM STDIN (FORMAT BINARY)", batches);
    }

    /// <summary>Sends every batch in a transaction of its own.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var batch in _batches)
        {
            await using var stream = await _connection.BeginRawBinaryCopyAsync(_copy, cancellationToken);
            for (var at = 0; at < batch.Length; at += BlockBytes)
            {
                await stream.WriteAsync(batch.AsMemory(at, Math.Min(BlockBytes, batch.Length - at)), cancellationToken);
            }
        }
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
