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
    private readonly PartDivision _division = new();
    private readonly List<BackendId> _former = [];
    private WriterSql? _sql;
    private WriterSession? _session;
    private Task _leaving = Task.CompletedTask;
    private int _stagedInARow;

    // Whether what the last division doubted was all new: late ticks, not known ones.
    private bool _doubtIsVain;

    /// <summary>Writes a part whole.</summary>
    /// <exception cref="Exception">The server is away or refuses the part; nothing of it is written, or that is found out the next time.</exception>
    public async Task<WriteOutcome> WriteAsync(PriceBatch batch, TickPart part, CancellationToken cancellationToken)
    {
        _shape.Measure(part);
        if (_shape.Count == 0)
        {
            return default;
        }

        var isDivided = false;
        try
        {
            _sql ??= new WriterSql(database);
            await partitions.EnsureMinutesAsync(_shape.Minutes, cancellationToken).ConfigureAwait(false);
            var session = await SessionAsync(cancellationToken).ConfigureAwait(false);
            _division.Divide(part);
            isDivided = true;
            return await TryDirectAsync(session, batch, part, cancellationToken).ConfigureAwait(false)
                ?? await StageAsync(session, batch, part, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault)
        {
            if (PostgresFaults.IsPartitionMissing(fault))
            {
                partitions.Forget();
            }

            if (isDivided)
            {
                _division.Forget(part);
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

    // What is taken to be new goes straight into the table. Null when some of it is known already or refused, or is expected to be: then nothing is written.
    private async Task<WriteOutcome?> TryDirectAsync(WriterSession session, PriceBatch batch, TickPart part, CancellationToken cancellationToken)
    {
        if (_division.IsWorthwhile && !_doubtIsVain)
        {
            var doubtful = _division.Doubtful;
            var outcome = await TryWriteAsync(session, batch, part, _division.Certain, doubtful, cancellationToken).ConfigureAwait(false);
            _doubtIsVain = outcome is { } known && known.Written == _shape.Count;
            return outcome;
        }

        if (_stagedInARow >= StagedBeforeExpected)
        {
            return null;
        }

        var whole = await TryWriteAsync(session, batch, part, part, default, cancellationToken).ConfigureAwait(false);
        _doubtIsVain &= whole is not null;
        return whole;
    }

    private async Task<WriteOutcome> StageAsync(WriterSession session, PriceBatch batch, TickPart part, CancellationToken cancellationToken)
    {
        var outcome = (await TryWriteAsync(session, batch, part, default, part, cancellationToken).ConfigureAwait(false))!.Value;
        _stagedInARow = outcome.Written == _shape.Count ? 0 : _stagedInARow + 1;
        return outcome;
    }

    // One transaction: some ticks straight into the table, the others through the staging table. Null when one of the former is known already or refused.
    private async Task<WriteOutcome?> TryWriteAsync(
        WriterSession session, PriceBatch batch, TickPart part, TickPart direct, TickPart staged, CancellationToken cancellationToken)
    {
        if (!staged.Ticks.IsEmpty)
        {
            meter.Staged();
            await session.PrepareStagingAsync(cancellationToken).ConfigureAwait(false);
        }

        var transaction = await session.BeginAsync(cancellationToken).ConfigureAwait(false);
        var doubted = direct.Ticks.IsEmpty ? _shape.Count : staged.Ticks.Length;
        var expected = new WriteOutcome(_shape.Count - doubted, doubted);
        if (await ClaimAsync(session, batch, part, expected, cancellationToken).ConfigureAwait(false) is { } known)
        {
            await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            return known;
        }

        if (!direct.Ticks.IsEmpty && await TryCopyAsync(session, direct, cancellationToken).ConfigureAwait(false) is { } fault)
        {
            await transaction.RollbackAsync(cancellationToken).ConfigureAwait(false);
            await MakeRoomAsync(fault, cancellationToken).ConfigureAwait(false);
            return null;
        }

        var outcome = staged.Ticks.IsEmpty ? expected : await MergeAsync(session, batch, part, staged, expected, cancellationToken).ConfigureAwait(false);
        await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
        meter.DeadLettered(outcome.DeadLettered);
        _stagedInARow = direct.Ticks.IsEmpty ? _stagedInARow : 0;
        return outcome;
    }

    private async Task<PostgresException?> TryCopyAsync(WriterSession session, TickPart ticks, CancellationToken cancellationToken)
    {
        try
        {
            await session.CopyAsync(_blocks, ticks, staged: false, cancellationToken).ConfigureAwait(false);
            return null;
        }
        catch (PostgresException fault) when (PostgresFaults.IsPartitionMissing(fault) || PostgresFaults.KindOf(fault) == SinkFailure.Permanent)
        {
            return fault;
        }
    }

    private async Task<WriteOutcome> MergeAsync(
        WriterSession session, PriceBatch batch, TickPart part, TickPart staged, WriteOutcome expected, CancellationToken cancellationToken)
    {
        var write = new StagedWrite(session, _blocks, BatchFold.Fold(staged), cancellationToken);
        await write.RunAsync().ConfigureAwait(false);
        var others = write.Written + write.Corrected + write.Refused.Count;
        var outcome = new WriteOutcome(expected.Written + write.Written, expected.Duplicate - others, write.Corrected, 0, write.Refused.Count);
        if (outcome != expected)
        {
            await session.RecordAsync(batch.Id, part, outcome, cancellationToken).ConfigureAwait(false);
            await KeepAsideAsync(session, batch, write, cancellationToken).ConfigureAwait(false);
        }

        return outcome;
    }

    // The outcome of a part that was committed before; null when it is this transaction's to write.
    private async Task<WriteOutcome?> ClaimAsync(
        WriterSession session, PriceBatch batch, TickPart part, WriteOutcome expected, CancellationToken cancellationToken)
    {
        if (await session.ClaimAsync(batch.Id, part, expected, [.. _shape.Minutes], cancellationToken).ConfigureAwait(false))
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
