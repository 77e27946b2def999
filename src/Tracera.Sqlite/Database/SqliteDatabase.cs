using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace Tracera.Sqlite;

/// <summary>The open file: one connection that writes and a few that read.</summary>
/// <remarks>Thread-safe. SQLite blocks its caller, so all work runs on the thread pool, never on the caller's thread.</remarks>
internal sealed class SqliteDatabase(StoreFiles files, IOptions<SqliteOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly ReaderPool _readers = new(files, options.Value);
    private StoreLock? _lock;
    private SqliteSession? _writer;
    private int _isDisposed;

    public bool IsOpen => Volatile.Read(ref _writer) is not null;

    /// <summary>Takes the folder, and makes or upgrades the file.</summary>
    /// <returns>The version of the schema that the file had before: 0 for a new one.</returns>
    public Task<long> OpenAsync(CancellationToken cancellationToken) => Task.Run(Open, cancellationToken);

    /// <summary>Runs work in the one writing transaction; it is durable when the task ends.</summary>
    public Task<T> TransactAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        WriteAsync(session => session.Transact(work, writes: true), cancellationToken);

    /// <summary>Runs work on the writing connection, which makes transactions of its own.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var session = _writer ?? throw NotOpen();
            return await Task.Run(() => files.IsThere ? work(session) : throw Gone(), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Runs work on a consistent state of the file.</summary>
    public Task<T> ReadAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken) =>
        _readers.RunAsync(work, cancellationToken);

    /// <summary>Ends the calls under way, folds the log into the file and gives the folder back.</summary>
    public async Task CloseAsync()
    {
        await _writing.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            var writer = Interlocked.Exchange(ref _writer, null);
            await _readers.CloseAsync().ConfigureAwait(false);
            await Task.Run(() => writer?.Dispose()).ConfigureAwait(false);
            Interlocked.Exchange(ref _lock, null)?.Dispose();
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Waits for the calls under way, which end on threads of their own, and gives everything back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
        {
            return;
        }

        _writing.Wait();
        _readers.Dispose();
        Interlocked.Exchange(ref _writer, null)?.Dispose();
        Interlocked.Exchange(ref _lock, null)?.Dispose();
        _writing.Dispose();
    }

    private static SqliteException NotOpen() => new("The store is not open.", SQLitePCL.raw.SQLITE_CANTOPEN);

    private SqliteException Gone() => new($"The file '{files.Database}' is gone: put it back, or restart the host to begin a new one.", SQLitePCL.raw.SQLITE_CANTOPEN);

    private long Open()
    {
        _lock ??= StoreLock.Acquire(files);
        SqliteSession? session = null;
        try
        {
            session = new SqliteSession(files.Database, isWriter: true, options.Value.BusyTimeout);
            WriterSettings.Apply(session, files);
            var version = StoreSchema.Apply(session, files);
            DeadOwners.Release(session);
            _readers.Open();
            Volatile.Write(ref _writer, session);
            session = null;
            return version;
        }
        catch (SqliteException fault)
        {
            throw StoreFault.Folder(
                files.Folder, $"'{files.Database}' cannot be opened: {fault.Message} Allowed: an empty folder, or one that holds a sound store.");
        }
        finally
        {
            session?.Dispose();
        }
    }
}
