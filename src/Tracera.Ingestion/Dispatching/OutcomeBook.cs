namespace Tracera.Ingestion;

/// <summary>Enters what became of a batch at one sink: in the sink's account and, for the durable one, in the run.</summary>
internal sealed class OutcomeBook(SinkParts parts)
{
    private const string RefusedReason = "refused";

    /// <summary>The sink answered. An answer that does not add up is a fault of the sink: what is missing counts as lost, an impossible answer as no answer.</summary>
    public void Written(PriceBatch batch, WriteOutcome outcome)
    {
        var believed = IsPossible(outcome, batch.Count) ? outcome : default;
        var missing = batch.Count - believed.Total;
        if (missing > 0)
        {
            DispatchLog.BadOutcome(parts.Logger, parts.Account.Sink, outcome, batch.Count);
        }

        var wasSpooled = parts.Queue.Done(believed, missing);
        parts.Awaited.Tell(batch.Id, believed);
        if (missing > 0 && parts.Account.IsDurable && !wasSpooled)
        {
            parts.Tracker.Unaccounted(batch, missing, "the durable sink did not say what became of them");
        }

        Track(batch, believed, wasSpooled);
    }

    /// <summary>The batch is given up.</summary>
    public void Lost(PriceBatch batch)
    {
        DispatchLog.NotDrained(parts.Logger, parts.Account.Sink, batch.Count);
        parts.Queue.Done(default, lost: batch.Count);
        parts.Awaited.Tell(batch.Id, null);
        if (parts.Account.IsDurable)
        {
            parts.Tracker.Lost(batch, "the host stopped before they were stored");
        }
    }

    /// <summary>The sink refused the batch for good: it is kept aside where that is possible, and counted and logged in any case.</summary>
    /// <returns>False when the dead letters cannot be kept now.</returns>
    public async Task<bool> TryKeepDeadLettersAsync(PriceBatch batch, SinkException refusal, CancellationToken deadline)
    {
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
        Track(batch, outcome, wasSpooled);
        return true;
    }

    private void Track(PriceBatch batch, WriteOutcome outcome, bool wasSpooled)
    {
        if (parts.Account.IsDurable && wasSpooled)
        {
            parts.Tracker.WrittenLater(batch, outcome);
        }
        else if (parts.Account.IsDurable)
        {
            parts.Tracker.Settled(batch, outcome);
        }
    }

    private bool IsPossible(WriteOutcome outcome, int count) =>
        outcome is { Written: >= 0, Duplicate: >= 0, Corrected: >= 0, Conflated: >= 0, DeadLettered: >= 0 }
        && outcome.Total <= count
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
