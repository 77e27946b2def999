namespace Tracera.Sqlite;

/// <summary>Keeps the write-ahead log within its share of the ceiling.</summary>
internal sealed class LogKeeper(StoreFiles files)
{
    /// <summary>Folds a large log into the file.</summary>
    /// <exception cref="SinkException">Something reads for so long that the log cannot be folded in.</exception>
    public void Ensure(SqliteSession session)
    {
        if (files.LogBytes <= files.LogShare / 2)
        {
            return;
        }

        session.Statement("PRAGMA wal_checkpoint(TRUNCATE)").Execute();
        if (files.LogBytes > files.LogShare / 2)
        {
            throw new SinkException("The store's write-ahead log is at its share of the ceiling and is still being read; writing goes on when it is not.");
        }
    }
}
