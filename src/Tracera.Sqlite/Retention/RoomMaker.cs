using Microsoft.Extensions.Logging;

namespace Tracera.Sqlite;

/// <summary>Holds the ceiling: removes the oldest ticks, then the oldest bars of the narrow levels, until there is room.</summary>
/// <remarks>
/// First everything goes that no window needs, in this order: ticks older than an hour, then of each level, the narrowest first, what is older than two lengths of its
/// window. Only then the rest goes in the same order, save the chunk of the present and the newest bucket. Runs on the writing connection, in transactions of its own.
/// </remarks>
internal sealed class RoomMaker(StoreFiles files, TimeProvider time, SqliteMeter meter, ILogger<RoomMaker> logger)
{
    private const string Ceiling = "ceiling";
    private const int RowsPerTransaction = 50_000;
    private const long LeastShare = 20;
    private const long WantedShare = 10;
    private static readonly TimeSpan GuardedTicks = TimeSpan.FromHours(1);

    /// <summary>Makes room when less than a twentieth of the file is left.</summary>
    /// <returns>Whether there is room.</returns>
    public bool Ensure(SqliteSession session)
    {
        var pages = StorePages.Of(session, files);
        return pages.Left >= pages.Max / LeastShare || Make(session, pages.Max / WantedShare);
    }

    /// <summary>Makes more room than usual, for a batch that did not fit.</summary>
    /// <remarks>
    /// Where half of the file is free already it is the disk that is full, not the file: then history stays, since removing more of it frees nothing.
    /// </remarks>
    /// <returns>Whether there is more room now.</returns>
    public bool MakeMore(SqliteSession session)
    {
        var pages = StorePages.Of(session, files);
        return pages.Free < pages.Used && Make(session, Math.Min(pages.Left + (pages.Max / WantedShare), pages.Max));
    }

    private bool Make(SqliteSession session, long wanted)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var (rows, total) = (0, 0L);
        do
        {
            rows = session.Transact(transaction => RemoveSome(transaction, wanted, now), writes: true);
            total += rows;
        }
        while (rows > 0 && StorePages.Of(session, files).Left < wanted);

        if (total > 0)
        {
            RetentionLog.MadeRoom(logger, total, files.TotalBytes);
        }

        return StorePages.Of(session, files).Left >= wanted;
    }

    private int RemoveSome(SqliteSession session, long wanted, long now)
    {
        var rows = 0;
        foreach (var isGuarded in (ReadOnlySpan<bool>)[true, false])
        {
            rows += RemoveTicks(session, isGuarded, wanted, now, rows);
            foreach (var level in BarLevels.All)
            {
                rows += RemoveBars(session, level, isGuarded, wanted, now, rows);
            }
        }

        return rows;
    }

    private int RemoveTicks(SqliteSession session, bool isGuarded, long wanted, long now, int rowsBefore)
    {
        var chunks = new Chunks(session);
        var before = Chunks.StartOf(isGuarded ? now - (GuardedTicks.Ticks / TimeSpan.TicksPerMicrosecond) : now);
        var rows = 0;
        while (NeedsMore(session, wanted, rowsBefore + rows) && chunks.Oldest(before, long.MaxValue) is { } start)
        {
            rows += chunks.Remove(start);
        }

        meter.RemovedTicks(rows, Ceiling);
        return rows;
    }

    private int RemoveBars(SqliteSession session, BarLevel level, bool isGuarded, long wanted, long now, int rowsBefore)
    {
        var floors = new BarFloors(session);
        var before = isGuarded ? GuardOf(level, now) : floors.Newest(level) ?? 0;
        var (rows, removed) = (0, 1);
        while (removed > 0 && NeedsMore(session, wanted, rowsBefore + rows))
        {
            removed = floors.RemoveOldest(level, before);
            rows += removed;
        }

        meter.RemovedBars(rows, level, Ceiling);
        return rows;
    }

    private bool NeedsMore(SqliteSession session, long wanted, int rows) =>
        rows < RowsPerTransaction && StorePages.Of(session, files).Left < wanted;

    private static long GuardOf(BarLevel level, long now)
    {
        var window = Window.All.FirstOrDefault(candidate => candidate.Level == level) ?? Window.All[^1];
        return level.Floor(now - (2 * window.Length.Ticks / TimeSpan.TicksPerMicrosecond)) / UnixTime.MicrosecondsPerSecond;
    }
}
