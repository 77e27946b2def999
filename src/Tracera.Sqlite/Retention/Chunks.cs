namespace Tracera.Sqlite;

/// <summary>The chunks in which ticks stand: fifteen minutes each, named by their start in seconds.</summary>
internal sealed class Chunks(SqliteSession session)
{
    private readonly SqliteStatement _removed = session.Statement("SELECT removed FROM chunks WHERE start = ?1");
    private readonly SqliteStatement _touch = session.Statement(
        """
        INSERT INTO chunks (start, ticks, touched_at, removed) VALUES (?1, ?2, ?3, 0)
        ON CONFLICT (start) DO UPDATE SET ticks = ticks + ?2, touched_at = max(touched_at, ?3)
        """);

    private readonly SqliteStatement _remove = session.Statement("DELETE FROM ticks WHERE start = ?1");
    private readonly SqliteStatement _markRemoved = session.Statement("UPDATE chunks SET ticks = 0, removed = 1 WHERE start = ?1");

    /// <summary>The chunk that holds an instant.</summary>
    public static long StartOf(long microseconds) => BarLevel.Minute15.Floor(microseconds) / UnixTime.MicrosecondsPerSecond;

    /// <summary>Whether ticks of a chunk were removed.</summary>
    public bool IsRemoved(long start) => _removed.Bind(1, start).Scalar() == 1;

    /// <summary>Counts new ticks of a chunk.</summary>
    public void Touch(long start, long added, long now) => _touch.Bind(1, start).Bind(2, added).Bind(3, now).Execute();

    /// <summary>Removes the ticks of a chunk.</summary>
    /// <returns>How many.</returns>
    public int Remove(long start)
    {
        var removed = _remove.Bind(1, start).Execute();
        _markRemoved.Bind(1, start).Execute();
        return removed;
    }

    /// <summary>The oldest chunk with ticks that begins before an instant and was last written to before another.</summary>
    public long? Oldest(long beforeSeconds, long touchedBefore) => session
        .Statement("SELECT start FROM chunks WHERE ticks > 0 AND start < ?1 AND touched_at < ?2 ORDER BY start LIMIT 1")
        .Bind(1, beforeSeconds)
        .Bind(2, touchedBefore)
        .Scalar();
}
