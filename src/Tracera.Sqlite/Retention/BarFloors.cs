namespace Tracera.Sqlite;

/// <summary>From where on the bars of each level are kept, in seconds.</summary>
internal sealed class BarFloors(SqliteSession session)
{
    private readonly SqliteStatement _remove = session.Statement("DELETE FROM bars WHERE level = ?1 AND start < ?2");
    private readonly SqliteStatement _raise = session.Statement(
        "INSERT INTO floors (level, start) VALUES (?1, ?2) ON CONFLICT (level) DO UPDATE SET start = max(start, ?2)");

    /// <summary>The floor of a level; a bar that begins before it is not written.</summary>
    public long Of(BarLevel level) => session.Statement("SELECT start FROM floors WHERE level = ?1").Bind(1, (long)level).Scalar() ?? long.MinValue;

    public long? Oldest(BarLevel level) => session.Statement("SELECT min(start) FROM bars WHERE level = ?1").Bind(1, (long)level).Scalar();

    public long? Newest(BarLevel level) => session.Statement("SELECT max(start) FROM bars WHERE level = ?1").Bind(1, (long)level).Scalar();

    /// <summary>Removes the bars of the oldest bucket, if it begins before an instant.</summary>
    /// <returns>How many; 0 when there is no such bucket.</returns>
    public int RemoveOldest(BarLevel level, long before)
    {
        if (Oldest(level) is not { } start || start >= before)
        {
            return 0;
        }

        var floor = start + (level.WidthMicroseconds() / UnixTime.MicrosecondsPerSecond);
        var removed = _remove.Bind(1, (long)level).Bind(2, floor).Execute();
        _raise.Bind(1, (long)level).Bind(2, floor).Execute();
        return removed;
    }
}
