namespace Tracera.Ingestion;

/// <summary>Takes up, once after the start, the backfills that a stop or a crash has interrupted.</summary>
internal sealed class BackfillResume(BackfillBook backfills, SlotTable table, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Asks until the store answers, and begins each backfill as soon as its provider is free.</summary>
    /// <param name="fire">Begins a run.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task RunAsync(Func<RunTrigger, IReadOnlyList<ProviderSlot>, RunRequest?, Task<StartedRun?>> fire, CancellationToken stopping)
    {
        IReadOnlyList<BackfillCursor>? open;
        while ((open = await backfills.OpenOnesAsync(stopping).ConfigureAwait(false)) is null)
        {
            await Task.Delay(Patience, time, stopping).ConfigureAwait(false);
        }

        foreach (var cursor in open)
        {
            if (table.Slots.FirstOrDefault(slot => slot.Name == cursor.Provider && slot.Options.Enabled && slot.Backfilled is not null) is { } slot)
            {
                await BeginAsync(cursor, slot, fire, stopping).ConfigureAwait(false);
            }
        }
    }

    private async Task BeginAsync(
        BackfillCursor cursor, ProviderSlot slot, Func<RunTrigger, IReadOnlyList<ProviderSlot>, RunRequest?, Task<StartedRun?>> fire, CancellationToken stopping)
    {
        // The present comes first: a backfill that ran before the cycle of the start would put that off by a whole interval.
        while ((slot.IsPolled && slot.IsFirst) || !slot.TryClaim())
        {
            await Task.Delay(Patience, time, stopping).ConfigureAwait(false);
        }

        await fire(RunTrigger.Backfill, [slot], new RunRequest([slot.Name], cursor.From, cursor.To)).ConfigureAwait(false);
    }
}
