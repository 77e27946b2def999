namespace Tracera.Ingestion;

/// <summary>Enters what became of a batch at one sink: in the sink's account and, for the durable one, in the run, unless it is a replay of what the run has counted.</summary>
internal sealed class OutcomeBook(SinkParts parts)
{
    private const string RefusedReason = "refused";

    /// <summary>The sink answered. An answer that does not add up is a fault of the sink: what is missing counts as lost, an impossible answer as no answer.</summary>
    public void Written(BatchLease lease, WriteOutcome outcome)
    {
        var batch = lease.Batch;
        var believed = IsPossible(outcome, batch.Count) ? outcome : default;
        var missing = batch.Count - believed.Total;
        var wasSpooled = parts.Queue.Done(believed, missing);
        if (missing > 0)
        {
            DispatchLog.BadOutcome(parts.Logger, parts.Account.Sink, outcome, batch.Count);
        }

        if (batch.Lane == BatchLane.Backfill)
        {
            TellObservers(batch);
        }

        parts.Awaited.Tell(batch.Id, believed);
        if (missing > 0 && IsTracked(lease) && !wasSpooled)
        {
            parts.Tracker.Unaccounted(batch, missing, "the durable sink did not say what became of them");
        }

        Track(lease, believed, wasSpooled);
    }

    /// <summary>The batch is given up.</summary>
    public void Lost(BatchLease lease)
    {
        var batch = lease.Batch;
        parts.Queue.Done(default, lost: batch.Count);
        DispatchLog.NotDrained(parts.Logger, parts.Account.Sink, batch.Count);
        parts.Awaited.Tell(batch.Id, null);
        if (IsTracked(lease))
        {
            parts.Tracker.Lost(batch, "the host stopped before they were stored");
        }
    }

    /// <summary>The sink refused the batch for good: it is kept aside where that is possible, and counted and logged in any case.</summary>
    /// <returns>False when the dead letters cannot be kept now.</returns>
    public async Task<bool> TryKeepDeadLettersAsync(BatchLease lease, SinkException refusal, CancellationToken deadline)
    {
        var batch = lease.Batch;
        if (parts.DeadLetters is { } letters)
        {
            var answer = await StoreCall.TryAsync(
                token => letters.AddAsync(Letters(batch, refusal), token), parts.Options.WriteTimeout, parts.Time, deadline).ConfigureAwait(false);
            if (!answer.IsOk)
            {
                DispatchLog.DeadLettersAway(parts.Logger, answer.Error, parts.Account.Sink);
                return false;
            }
        }

        DispatchLog.DeadLettered(parts.Logger, refusal, parts.Account.Sink, batch.Id, batch.Count, batch.Provider, batch.RunId);
        var outcome = new WriteOutcome(0, DeadLettered: batch.Count);
        var wasSpooled = parts.Queue.Done(outcome);
        parts.Awaited.Tell(batch.Id, outcome);
        Track(lease, outcome, wasSpooled);
        return true;
    }

    private void TellObservers(PriceBatch batch)
    {
        foreach (var observer in parts.Observers)
        {
            try
            {
                observer.Stored(batch.Ticks.Span);
            }
            catch (Exception error)
            {
                DispatchLog.ObserverFailed(parts.Logger, error, observer.GetType().Name);
            }
        }
    }

    private bool IsTracked(BatchLease lease) => parts.Account.IsDurable && !lease.IsReplay;

    private void Track(BatchLease lease, WriteOutcome outcome, bool wasSpooled)
    {
        if (!IsTracked(lease))
        {
            return;
        }

        if (wasSpooled)
        {
            parts.Tracker.WrittenLater(lease.Batch, outcome);
        }
        else
        {
            parts.Tracker.Settled(lease.Batch, outcome);
        }
    }

    // Added up as long numbers, so that parts which are too large for a sum of whole numbers do not make a small one.
    private bool IsPossible(WriteOutcome outcome, int count) =>
        outcome is { Written: >= 0, Duplicate: >= 0, Corrected: >= 0, Conflated: >= 0, DeadLettered: >= 0 }
        && (long)outcome.Written + outcome.Duplicate + outcome.Corrected + outcome.Conflated + outcome.DeadLettered <= count
        && (outcome.Conflated == 0 || !parts.Account.IsDurable);

    private List<DeadLetter> Letters(PriceBatch batch, SinkException refusal)
    {
        var (letters, now) = (new List<DeadLetter>(batch.Count), parts.Time.GetUtcNow());
        foreach (ref readonly var tick in batch.Ticks.Span)
        {
            letters.Add(new DeadLetter(0, parts.Account.Sink, batch.RunId, batch.Provider, tick, RefusedReason, refusal.Message, now));
        }

        return letters;
    }
}
