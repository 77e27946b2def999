using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;

namespace Tracera.Sqlite;

/// <summary>The durable sink: a batch is one transaction of ticks, bars of every level, latest ticks and the batch's id.</summary>
internal sealed class SqlitePriceSink(
    SqliteDatabase database, RoomMaker room, LogKeeper log, SqliteMeter meter, TimeProvider time, ILogger<SqlitePriceSink> logger) : IPriceSink
{
    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var outcome = await database.WriteAsync(session => Write(session, batch, cancellationToken), cancellationToken).ConfigureAwait(false);
            meter.Wrote(time.GetElapsedTime(started));
            return outcome;
        }
        catch (SqliteException fault)
        {
            throw SinkFaults.Of(fault);
        }
    }

    private static SinkException AtCeiling() => new(
        "The store is full and nothing more can be removed: the disk has no room, or the ceiling that Tracera:Sqlite:MaxDiskBytes sets is reached.");

    private WriteOutcome Write(SqliteSession session, PriceBatch batch, CancellationToken cancellationToken)
    {
        log.Ensure(session);
        if (!room.Ensure(session))
        {
            throw AtCeiling();
        }

        return TryWrite(session, batch, cancellationToken)
            ?? (room.MakeMore(session) ? TryWrite(session, batch, cancellationToken) : null)
            ?? throw AtCeiling();
    }

    // Null when the file has no room for the batch; nothing of it is written then.
    private WriteOutcome? TryWrite(SqliteSession session, PriceBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            return session.Transact(transaction => WriteAll(transaction, batch, cancellationToken), writes: true);
        }
        catch (SqliteException full) when (full.SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL)
        {
            return null;
        }
    }

    private WriteOutcome WriteAll(SqliteSession session, PriceBatch batch, CancellationToken cancellationToken)
    {
        var batches = new BatchLog(session);
        if (batches.Find(batch.Id) is { } known)
        {
            SinkLog.OfferedAgain(logger, batch.Id);
            return known;
        }

        var now = UnixTime.ToMicroseconds(time.GetUtcNow());
        var kinds = new SourceKinds(session);
        var ticks = new TickWriter(session, now);
        var changes = ticks.Write(BatchFold.Fold(batch.Ticks.Span), cancellationToken);
        changes.Sort(static (left, right) => Compare(left.Tick, right.Tick));
        new BarWriter(session, kinds).Apply(changes, cancellationToken);
        new SeriesWriter(session, now).Apply(changes);
        var corrected = changes.Count(static change => change.IsCorrection);
        var written = changes.Count - corrected;
        var outcome = new WriteOutcome(written, batch.Count - written - corrected, corrected);
        batches.Add(batch.Id, outcome, now);
        if (ticks.Closed > 0)
        {
            meter.Closed(ticks.Closed);
            SinkLog.Closed(logger, ticks.Closed, batch.Provider);
        }

        return outcome;
    }

    private static int Compare(in PriceTick left, in PriceTick right)
    {
        var order = left.Item.CompareTo(right.Item);
        order = order != 0 ? order : left.Source.CompareTo(right.Source);
        return order != 0 ? order : left.ObservedAtMicroseconds.CompareTo(right.ObservedAtMicroseconds);
    }
}
