using Microsoft.Extensions.Logging;
using Npgsql;

namespace Tracera.Postgres;

/// <summary>Writes one part of a batch after the other over a connection of its own, each part in one transaction.</summary>
/// <remarks>Called for one batch at a time.</remarks>
internal sealed class PartWriter(
    PostgresDatabase database, TickPartitions partitions, PostgresMeter meter, TimeProvider time, PostgresOptions options, ILogger logger) : IAsyncDisposable
{
    // After so many batches in a row with known rows the next is expected to have some too, until one has none.
    private const int StagedBeforeExpected = 2;
    private readonly CopyBlocks _blocks = new();
    private readonly PartShape _shape = new();
    private readonly List<BackendId> _former = [];
    private WriterSql? _sql;
    private WriterSession? _session;
    private Task _leaving = Task.CompletedTask;
    private int _stagedInARow;

    /// <summary>Writes a part whole.</summary>
    /// <exception cref="Exception">The server is away or refuses the part; nothing of it is written, or that is found out the next time.</exception>
    public async Task<WriteOutcome> WriteAsync(PriceBatch batch, TickPart part, CancellationToken cancellationToken)
    {
        _shape.Measure(part);
        if (_shape.Count == 0)
        {
            return default;
        }

        try
        {
            _sql ??= new WriterSql(database);
            await partitions.EnsureMinutesAsync(_shape.Minutes, cancellationToken).ConfigureAwait(false);
            var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
            return (_stagedInARow < StagedBeforeExpected ? await TryCopyAsync(session, batch, part, cancellationToken).ConfigureAwait(false) : null)
                ?? await StageAsync(session, batch, part, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            if (PostgresFaults.IsPartitionMissing(fault))
            {
                partitions.Forget();
            }

            Leave();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_session is { } session)
        {
            _session = null;
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Null when some row is known already or refused: then nothing is written.
    private async Task<WriteOutcome?> TryCopyAsync(WriterSession session, PriceBatch batch, TickPart part, CancellationToken cancellationToken)
    {
        var transaction = await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (await ClaimAsync(session, batch, part, _shape.Count, cancellationToken).ConfigureAwait(false) is { } known)
        {
            await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            return known;
        }

        try
        {
            await session.CopyAsync(_blocks, part, staged: false, cancellationToken).ConfigureAwait(false);
        }
        catch (PostgresException fault) when (PostgresFaults.IsPartitionMissing(fault) || PostgresFaults.KindOf(fault) == SinkFailure.Permanent)
        {
            await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            await MakeRoomAsync(fault, cancellationToken).ConfigureAwait(false);
            return null;
        }

        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        _stagedInARow = 0;
        return new WriteOutcome(_shape.Count);
    }

    private async Task<WriteOutcome> StageAsync(WriterSession session, PriceBatch batch, TickPart part, CancellationToken cancellationToken)
    {
        meter.Staged();
        await session.PrepareStagingAsync(cancellationToken).ConfigureAwait(false);
        var transaction = await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (await ClaimAsync(session, batch, part, 0, cancellationToken).ConfigureAwait(false) is { } known)
        {
            await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            return known;
        }

        var write = new StagedWrite(session, _blocks, BatchFold.Fold(part), cancellationToken);
        await write.RunAsync().ConfigureAwait(false);
        var others = write.Written + write.Corrected + write.Refused.Count;
        var outcome = new WriteOutcome(write.Written, _shape.Count - others, write.Corrected, 0, write.Refused.Count);
        await session.RecordAsync(batch.Id, part, outcome, cancellationToken).ConfigureAwait(false);
        await KeepAsideAsync(session, batch, write, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        meter.DeadLettered(write.Refused.Count);
        _stagedInARow = write.Written == _shape.Count ? 0 : _stagedInARow + 1;
        return outcome;
    }

    // The outcome of a part that was committed before; null when it is this transaction's to write.
    private async Task<WriteOutcome?> ClaimAsync(WriterSession session, PriceBatch batch, TickPart part, int written, CancellationToken cancellationToken)
    {
        if (await session.ClaimAsync(batch.Id, part, written, [.. _shape.Minutes], cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        SinkLog.OfferedAgain(logger, batch.Id, part.Part);
        return await session.FindAsync(batch.Id, part, cancellationToken).ConfigureAwait(false)
            ?? throw new SinkException($"The outcome of the batch {batch.Id} is gone while it is offered again.");
    }

    private async Task MakeRoomAsync(PostgresException fault, CancellationToken cancellationToken)
    {
        if (PostgresFaults.IsPartitionMissing(fault))
        {
            partitions.Forget();
            await partitions.EnsureMinutesAsync(_shape.Minutes, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task KeepAsideAsync(WriterSession session, PriceBatch batch, StagedWrite write, CancellationToken cancellationToken)
    {
        foreach (var (tick, reason) in write.Refused)
        {
            var letter = new DeadLetter(
                0, StoreNames.Store, batch.RunId, batch.Provider, tick, reason.SqlState, reason.MessageText, time.GetUtcNow());
            await session.RunAsync(database.Sql(DeadLetterSql.Add), cancellationToken, DeadLetterSql.Values(letter)).ConfigureAwait(false);
            SinkLog.Refused(logger, tick.Item, tick.Source, reason.SqlState, reason.MessageText);
        }
    }

    // A connection that was lost may still be at work on the server; it is ended before anything is written again.
    private async Task<WriterSession> SessionAsync(CancellationToken cancellationToken)
    {
        var session = _session ??= await WriterSession.OpenAsync(database, _sql!, options.CommandTimeout, cancellationToken).ConfigureAwait(false);
        while (_former.Count > 0)
        {
            if (!await session.EndAsync(_former[^1], cancellationToken).ConfigureAwait(false))
            {
                throw new SinkException($"The server's process {_former[^1].ProcessId}, whose connection was lost, does not end yet.");
            }

            SinkLog.Ended(logger, _former[^1].ProcessId);
            _former.RemoveAt(_former.Count - 1);
        }

        return session;
    }

    // After any error the next try begins with another connection. A sound one goes back to the pool, which ends its transaction; of a lost one,
    // or one whose answer is still awaited, nobody knows what the server makes of it.
    private void Leave()
    {
        if (_session is not { } session)
        {
            return;
        }

        _session = null;
        if (!session.IsSound)
        {
            _former.Add(session.Backend);
        }

        _leaving = Task.WhenAll(_leaving, session.DisposeAsync().AsTask());
    }
}
