using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Reads the bars of one series.</summary>
internal static class BarPages
{
    private const int BucketsPerCheck = 1_024;

    /// <summary>Reads a page.</summary>
    /// <remarks>
    /// Bars stand by bucket, so each bucket of the span is looked up; where the bucket of the next wider level is empty, all of its parts are passed over.
    /// </remarks>
    public static Page<Bar> Read(SqliteSession session, BarQuery query, long? after, CancellationToken cancellationToken)
    {
        var (level, width) = (query.Level, query.Level.WidthMicroseconds());
        var floors = new BarFloors(session);
        var table = new BarTable(session);
        var rows = new List<Bar>();
        if (floors.Oldest(level) is not { } oldest || floors.Newest(level) is not { } newest)
        {
            return new Page<Bar>(rows, null);
        }

        var from = Math.Max(after + width ?? level.Floor(UnixTime.ToMicroseconds(query.From)), oldest * UnixTime.MicrosecondsPerSecond);
        var to = Math.Min(EndOf(query.To), (newest * UnixTime.MicrosecondsPerSecond) + 1);
        var looked = 0;
        for (var start = from; start < to && rows.Count <= query.Page.Limit; start = Next(table, query, start, start == from))
        {
            if (++looked % BucketsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (table.Find(level, start, query.Series) is { } bar)
            {
                rows.Add(bar.ToBar());
            }
        }

        return Cursor.Cut(rows, query.Page, static last => Cursor.Write(Cursor.Bars, last.StartMicroseconds));
    }

    /// <summary>The first microsecond that is not before an instant.</summary>
    public static long EndOf(DateTimeOffset instant)
    {
        var end = UnixTime.ToMicroseconds(instant);
        return UnixTime.FromMicroseconds(end) < instant ? end + 1 : end;
    }

    private static long Next(BarTable table, BarQuery query, long start, bool isFirst)
    {
        var next = start + query.Level.WidthMicroseconds();
        if (query.Level == BarLevel.Day7)
        {
            return next;
        }

        var wider = query.Level + 1;
        var isBorder = isFirst || wider.Floor(next) == next;
        var parent = wider.Floor(next);
        return isBorder && table.Find(wider, parent, query.Series) is null ? parent + wider.WidthMicroseconds() : next;
    }
}
