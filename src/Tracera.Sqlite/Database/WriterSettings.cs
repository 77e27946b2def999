using System.Globalization;

namespace Tracera.Sqlite;

/// <summary>How the writing connection works.</summary>
internal static class WriterSettings
{
    private const int CheckpointPages = 1_000;
    private const int CacheKibibytes = 32 * 1024;

    /// <summary>Sets what must be set before the first write, in the order that SQLite asks for.</summary>
    /// <remarks>
    /// synchronous = FULL: the log is synced at every commit, so an accepted tick survives a loss of power and not only a killed process, for which NORMAL
    /// would do. A batch is one commit, so the sync costs a few milliseconds a batch.
    /// </remarks>
    public static void Apply(SqliteSession session, StoreFiles files)
    {
        var checkpoint = Math.Min(CheckpointPages, files.LogShare / 8 / StoreFiles.PageSize);
        session.Run($"PRAGMA page_size = {StoreFiles.PageSize}");
        session.Run("PRAGMA auto_vacuum = INCREMENTAL");
        session.Run("PRAGMA journal_mode = WAL");
        session.Run("PRAGMA synchronous = FULL");
        session.Run("PRAGMA foreign_keys = ON");
        session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA cache_size = -{CacheKibibytes}"));
        session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA wal_autocheckpoint = {checkpoint}"));
        session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA journal_size_limit = {files.LogShare / 4}"));
        session.Run(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {files.MaxPages}"));
    }
}
