using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace Tracera.Sqlite;

/// <summary>A bounded number of connections that only read. A call that finds none free waits for one.</summary>
internal sealed class ReaderPool(StoreFiles files, SqliteOptions options) : IDisposable
{
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private readonly SemaphoreSlim _free = new(options.ReaderConnections, options.ReaderConnections);
    private volatile bool _isOpen;

    /// <summary>Lets calls in.</summary>
    public void Open() => _isOpen = true;

    public async Task<T> RunAsync<T>(Func<SqliteSession, T> work, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(() => Run(work), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Waits for the calls under way and closes every connection.</summary>
    public async Task CloseAsync()
    {
        _isOpen = false;
        for (var i = 0; i < options.ReaderConnections; i++)
        {
            await _free.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        CloseIdle();
        _free.Release(options.ReaderConnections);
    }

    /// <summary>Waits for the calls under way and closes every connection; no call may come after.</summary>
    public void Dispose()
    {
        _isOpen = false;
        for (var i = 0; i < options.ReaderConnections; i++)
        {
            _free.Wait();
        }

        CloseIdle();
        _free.Dispose();
    }

    // A connection whose work failed is thrown away: the next call opens a fresh one.
    private T Run<T>(Func<SqliteSession, T> work)
    {
        if (!_isOpen)
        {
            throw new SqliteException("The store is not open.", SQLitePCL.raw.SQLITE_CANTOPEN);
        }

        if (!_idle.TryTake(out var session))
        {
            session = new SqliteSession(files.Database, isWriter: false, options.BusyTimeout);
        }

        try
        {
            var answer = session.Transact(work, writes: false);
            _idle.Add(session);
            session = null;
            return answer;
        }
        finally
        {
            session?.Dispose();
        }
    }

    private void CloseIdle()
    {
        while (_idle.TryTake(out var session))
        {
            session.Dispose();
        }
    }
}
