using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Sqlite;

/// <summary>One round of looking after the file: retention, the ceiling, and pages back to the operating system.</summary>
/// <remarks>Works in small transactions, between which batches are written.</remarks>
internal sealed class RetentionPass(
    SqliteDatabase database, IOptions<SqliteOptions> options, RoomMaker room, StoreFiles files, SqliteMeter meter, TimeProvider time, ILogger<RetentionPass> logger)
{
    private const string Retention = "retention";
    private const int RowsPerStep = 20_000;
    private const long VacuumPages = 1_024;
    private static readonly TimeSpan LateGrace = TimeSpan.FromDays(1);
    private readonly SqliteOptions _options = options.Value;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var ticks = await RepeatAsync(session => RemoveTicks(session, now), cancellationToken).ConfigureAwait(false);
        var bars = await RepeatAsync(session => RemoveBars(session, now), cancellationToken).ConfigureAwait(false);
        var records = await RepeatAsync(session => RemoveRecords(session, now), cancellationToken).ConfigureAwait(false);
        if (ticks + bars + records > 0)
        {
            RetentionLog.Retained(logger, ticks, bars, records);
        }

        await database.WriteAsync(room.Ensure, cancellationToken).ConfigureAwait(false);
        while (await database.WriteAsync(Shrink, cancellationToken).ConfigureAwait(false))
        {
        }
    }

    private static long Before(long now, TimeSpan age) => now - (age.Ticks / TimeSpan.TicksPerMicrosecond);

    private async Task<long> RepeatAsync(Func<SqliteSession, int> step, CancellationToken cancellationToken)
    {
        var (total, removed) = (0L, 0);
        do
        {
            removed = await database.TransactAsync(step, cancellationToken).ConfigureAwait(false);
            total += removed;
        }
        while (removed > 0);

        return total;
    }

    // What was backfilled lately stays a day longer, so that a repeat of it is still recognised.
    private int RemoveTicks(SqliteSession session, long now)
    {
        var chunks = new Chunks(session);
        var grace = _options.TickRetention < LateGrace ? _options.TickRetention : LateGrace;
        var before = Chunks.StartOf(Before(now, _options.TickRetention));
        var rows = 0;
        while (rows < RowsPerStep && chunks.Oldest(before, Before(now, grace)) is { } start)
        {
            rows += chunks.Remove(start);
        }

        meter.RemovedTicks(rows, Retention);
        return rows;
    }

    private int RemoveBars(SqliteSession session, long now)
    {
        var floors = new BarFloors(session);
        var total = 0;
        foreach (var level in BarLevels.All)
        {
            var before = level.Floor(Before(now, _options.BarRetention.Of(level))) / UnixTime.MicrosecondsPerSecond;
            var (rows, removed) = (0, 1);
            while (removed > 0 && total + rows < RowsPerStep)
            {
                removed = floors.RemoveOldest(level, before);
                rows += removed;
            }

            meter.RemovedBars(rows, level, Retention);
            total += rows;
        }

        return total;
    }

    private int RemoveRecords(SqliteSession session, long now) =>
        Remove(session, "DELETE FROM runs WHERE id IN (SELECT id FROM runs WHERE state <> 0 AND finished_at < ?1 ORDER BY started_at LIMIT ?2)", Before(now, _options.RunRetention))
        + Remove(session, "DELETE FROM batches WHERE id IN (SELECT id FROM batches WHERE committed_at < ?1 LIMIT ?2)", Before(now, _options.BatchIdRetention))
        + Remove(session, "DELETE FROM dead_letters WHERE id IN (SELECT id FROM dead_letters WHERE refused_at < ?1 LIMIT ?2)", Before(now, _options.DeadLetterRetention));

    private static int Remove(SqliteSession session, string sql, long before) =>
        session.Statement(sql).Bind(1, before).Bind(2, RowsPerStep).Execute();

    // Gives pages back only where many are free: the next ticks would fill a few again.
    private bool Shrink(SqliteSession session)
    {
        var pages = StorePages.Of(session, files);
        var isWorthIt = pages.Free > Math.Max(VacuumPages, pages.Max / 4) || (pages.Used + pages.Free > pages.Max && pages.Free > 0);
        if (isWorthIt)
        {
            session.Statement($"PRAGMA incremental_vacuum({VacuumPages})").Execute();
        }

        session.Statement("PRAGMA wal_checkpoint(PASSIVE)").Execute();
        return isWorthIt;
    }
}
