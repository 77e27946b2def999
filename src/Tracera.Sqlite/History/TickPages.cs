using System.Globalization;
using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Reads the ticks of one item.</summary>
internal static class TickPages
{
    /// <summary>The last tick of the page before, by observed time and source.</summary>
    public static (long ObservedAt, int Source)? After(PageRequest page)
    {
        if (Cursor.ReadPair(Cursor.Ticks, page) is not { } pair)
        {
            return null;
        }

        return int.TryParse(pair.Second, NumberStyles.None, CultureInfo.InvariantCulture, out var source) ? (pair.First, source) : throw Cursor.Bad(page);
    }

    public static Page<PriceTick> Read(SqliteSession session, TickQuery query, (long ObservedAt, int Source)? after, CancellationToken cancellationToken)
    {
        var from = Math.Max(BarPages.EndOf(query.From), after?.ObservedAt ?? long.MinValue);
        var to = BarPages.EndOf(query.To);
        var rows = new List<PriceTick>();
        foreach (var chunk in ChunksOf(session, from, to))
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadChunk(session, query, chunk, (from, to), after, rows);
            if (rows.Count > query.Page.Limit)
            {
                break;
            }
        }

        return Cursor.Cut(
            rows, query.Page, static last => Cursor.Write(Cursor.Ticks, last.ObservedAtMicroseconds, last.Source.ToString()));
    }

    private static List<long> ChunksOf(SqliteSession session, long from, long to)
    {
        var rows = session.Statement("SELECT start FROM chunks WHERE ticks > 0 AND start >= ?1 AND start * 1000000 < ?2 ORDER BY start")
            .Bind(1, Chunks.StartOf(from)).Bind(2, to);
        var chunks = new List<long>();
        while (rows.Step())
        {
            chunks.Add(rows.Int64(0));
        }

        return chunks;
    }

    private static void ReadChunk(
        SqliteSession session, TickQuery query, long chunk, (long From, long To) span, (long ObservedAt, int Source)? after, List<PriceTick> rows)
    {
        var found = session
            .Statement(
                """
                SELECT observed_at, received_after, price, volume, source FROM ticks
                WHERE start = ?1 AND item = ?2 AND (?3 IS NULL OR source = ?3) AND observed_at >= ?4 AND observed_at < ?5
                  AND (observed_at, source) > (?6, ?7)
                ORDER BY observed_at, source LIMIT ?8
                """)
            .Bind(1, chunk)
            .Bind(2, query.Item.Value)
            .Bind(3, query.Source?.Value)
            .Bind(4, span.From)
            .Bind(5, span.To)
            .Bind(6, after?.ObservedAt ?? long.MinValue)
            .Bind(7, after?.Source ?? 0)
            .Bind(8, query.Page.Limit + 1L - rows.Count);
        while (found.Step())
        {
            rows.Add(new PriceTick(
                query.Item, new SourceId(found.Int32(4)), found.Decimal(2), found.DecimalOrNull(3), found.Int64(0), found.Int64(0) + found.Int64(1)));
        }
    }
}
