using System.Diagnostics;

namespace Tracera.Ingestion;

/// <summary>Writes the batches of one queue to one sink, one after the other, until each has its outcome.</summary>
internal sealed class SinkPump(SinkParts parts)
{
    private static readonly TimeSpan LastAnswer = TimeSpan.FromSeconds(1);
    private readonly OutcomeBook _book = new(parts);
    private readonly Onlookers _onlookers = new(parts.Account.Sink, parts.Instruments, parts.Logger);
    private readonly BatchMerger _merger = new(parts.Options, parts.Queue, parts.Time);
    private SinkHealth _health = SinkHealth.Well;
    private int _failures;
    private bool _isTold;

    /// <summary>How its writes go.</summary>
    public WriteLatencies Latencies { get; } = new();

    /// <summary>How the sink does.</summary>
    public SinkHealth Health => Volatile.Read(ref _health);

    /// <summary>Pumps until the queue is completed and empty.</summary>
    /// <param name="deadline">What has no outcome by then is lost.</param>
    public async Task RunAsync(CancellationToken deadline)
    {
        using var late = new CallDeadline(parts.Options.WriteTimeout, parts.Time, deadline) { OnLate = NoteLate };

        // The queue always ends, also after the deadline: then every batch in it is counted as lost.
        while (await parts.Queue.TakeAsync(CancellationToken.None).ConfigureAwait(false) is { } lease)
        {
            await DeliverAsync(await _merger.GrowAsync(lease).ConfigureAwait(false), late, deadline).ConfigureAwait(false);
        }
    }

    /// <summary>The pump has ended by an error, and writes nothing any more.</summary>
    public void Break(Exception error) => Volatile.Write(ref _health, new SinkHealth(null, error.Message, 0, IsBroken: true));

    private async Task DeliverAsync(BatchLease lease, CallDeadline late, CancellationToken deadline)
    {
        while (!deadline.IsCancellationRequested)
        {
            var startedAt = parts.Time.GetTimestamp();
            var call = CallAsync(lease.Batch, late.Begin());
            if (call.IsCompletedSuccessfully)
            {
                // Nothing to wait for, and no task to make.
                late.End();
                NoteWritten(lease, await call.ConfigureAwait(false), startedAt);
                lease.Release();
                return;
            }

            var write = call.AsTask();
            var hasAnswered = await HasAnsweredAsync(write, deadline).ConfigureAwait(false);
            late.End();
            if (!hasAnswered)
            {
                // It may still read the memory, which therefore is not given back.
                StoreCall.Observe(write);
                await GiveUpAsync(lease).ConfigureAwait(false);
                return;
            }

            if (await TryEndAsync(write, lease, startedAt, deadline).ConfigureAwait(false))
            {
                lease.Release();
                return;
            }

            if (await IsKeptAsync().ConfigureAwait(false))
            {
                lease.Release();
                return;
            }
        }

        await GiveUpAsync(lease).ConfigureAwait(false);
        lease.Release();
    }

    // While the sink fails. When the host stops the batch may be safe on disk, and need not wait for the deadline.
    private async Task<bool> IsKeptAsync()
    {
        if (parts.Queue.IsCompleted)
        {
            return await parts.Queue.TryKeepAsync().ConfigureAwait(false);
        }

        await parts.Queue.CatchUpAsync().ConfigureAwait(false);
        return false;
    }

    private async Task GiveUpAsync(BatchLease lease)
    {
        if (!await parts.Queue.TryKeepAsync().ConfigureAwait(false))
        {
            _book.Lost(lease);
        }
    }

    // Only what the sink throws is its failure.
    private async Task<bool> TryEndAsync(Task<WriteOutcome> write, BatchLease lease, long startedAt, CancellationToken deadline)
    {
        WriteOutcome outcome;
        try
        {
            outcome = await write.ConfigureAwait(false);
        }
        catch (SinkException refusal) when (refusal.Failure == SinkFailure.Permanent)
        {
            Latencies.Failed();
            _onlookers.Failed(refusal.Failure);
            return await TryDeadLetterAsync(lease, refusal, deadline).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            await PauseAsync(error, deadline).ConfigureAwait(false);
            return false;
        }

        NoteWritten(lease, outcome, startedAt);
        return true;
    }

    // In the book the batch leaves the queue first of all, so that it does so once: whatever fails then, the next one follows.
    private void NoteWritten(BatchLease lease, WriteOutcome outcome, long startedAt)
    {
        var took = parts.Time.GetElapsedTime(startedAt);
        Latencies.Wrote(took);
        _onlookers.Wrote(lease.Count, took);
        Recovered();
        try
        {
            _book.Written(lease, outcome);
        }
        catch (Exception error)
        {
            DispatchLog.NotEntered(parts.Logger, error, parts.Account.Sink, lease.Batch.Id);
        }
    }

    // A batch that cannot be kept as dead letters is offered to the sink again, which refuses it again.
    private async Task<bool> TryDeadLetterAsync(BatchLease lease, SinkException refusal, CancellationToken deadline)
    {
        if (await _book.TryKeepDeadLettersAsync(lease, refusal, deadline).ConfigureAwait(false))
        {
            Recovered();
            return true;
        }

        await PauseAsync(refusal, deadline).ConfigureAwait(false);
        return false;
    }

    private async ValueTask<WriteOutcome> CallAsync(PriceBatch batch, CancellationToken late)
    {
        var activity = _onlookers.Begin(batch);
        try
        {
            return await parts.Sink.WriteAsync(batch, late).ConfigureAwait(false);
        }
        catch (Exception error) when (activity is not null)
        {
            activity.SetStatus(ActivityStatusCode.Error, error.Message);
            throw;
        }
        finally
        {
            _onlookers.End(activity);
        }
    }

    // A sink that ignores the deadline of a call is waited for, because it must not be called twice at a time; the deadline of the stop ends that too.
    private async Task<bool> HasAnsweredAsync(Task write, CancellationToken deadline)
    {
        if (write.IsCompleted)
        {
            return true;
        }

        await write.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!write.IsCompleted)
        {
            await write.WaitAsync(LastAnswer, parts.Time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return write.IsCompleted;
    }

    private void NoteLate()
    {
        DispatchLog.Late(parts.Logger, parts.Account.Sink, parts.Options.WriteTimeout);
        Volatile.Write(ref _health, new SinkHealth(SinkFailure.Transient, $"no answer within {parts.Options.WriteTimeout}", Volatile.Read(ref _failures) + 1));
    }

    private async Task PauseAsync(Exception error, CancellationToken deadline)
    {
        if (deadline.IsCancellationRequested)
        {
            return;
        }

        var failure = (error as SinkException)?.Failure ?? SinkFailure.Transient;
        var failures = ++_failures;
        Volatile.Write(ref _health, new SinkHealth(failure, error.Message, failures));
        Latencies.Failed();
        _onlookers.Failed(failure);
        var isMisconfigured = failure == SinkFailure.Misconfigured;
        if (!_isTold && !isMisconfigured)
        {
            _isTold = true;
            DispatchLog.Failing(parts.Logger, error, parts.Account.Sink);
        }
        else if (isMisconfigured)
        {
            DispatchLog.Misconfigured(parts.Logger, error, parts.Account.Sink);
        }

        var pause = isMisconfigured
            ? parts.Options.MaximumBackoff
            : Backoff.After(failures, parts.Options.MinimumBackoff, parts.Options.MaximumBackoff, Random.Shared.NextDouble());
        await Task.Delay(pause, parts.Time, deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Recovered()
    {
        if (_health.Failures > 0)
        {
            DispatchLog.Recovered(parts.Logger, parts.Account.Sink, _health.Failures);
            Volatile.Write(ref _health, SinkHealth.Well);
            (_failures, _isTold) = (0, false);
        }
    }
}
