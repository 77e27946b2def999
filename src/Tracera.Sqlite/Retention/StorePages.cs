namespace Tracera.Sqlite;

/// <summary>How full the file is.</summary>
/// <param name="Used">Pages that hold something.</param>
/// <param name="Free">Pages that the file has and that hold nothing.</param>
/// <param name="Max">Pages that the file may have.</param>
internal readonly record struct StorePages(long Used, long Free, long Max)
{
    /// <summary>Pages that can still be filled.</summary>
    public long Left => Max - Used;

    public static StorePages Of(SqliteSession session, StoreFiles files)
    {
        var free = session.Statement("PRAGMA freelist_count").Scalar() ?? 0;
        return new StorePages((session.Statement("PRAGMA page_count").Scalar() ?? 0) - free, free, files.MaxPages);
    }
}
