namespace Tracera.Ingestion;

/// <summary>Takes up, once after the start, the backfills that a stop or a crash has interrupted: each by itself, so that one whose provider is polled by another host holds up none.</summary>
internal sealed class BackfillResume(BackfillBook backfills, SlotTable table, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongPatience = TimeSpan.FromSeconds(10);

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

        var resuming = new List<Task>();
        foreach (var cursor in open)
        {
            if (table.Slots.FirstOrDefault(slot => slot.Name == cursor.Provider && slot.Options.Enabled && slot.Backfilled is not null) is { } slot)
            {
                resuming.Add(ResumeAsync(cursor, slot, fire, stopping));
            }
        }

        await Task.WhenAll(resuming).ConfigureAwait(false);
    }

    // Until it has begun, or another host has ended it meanwhile.
    private async Task ResumeAsync(
        BackfillCursor cursor, ProviderSlot slot, Func<RunTrigger, IReadOnlyList<ProviderSlot>, RunRequest?, Task<StartedRun?>> fire, CancellationToken stopping)
    {
        while (true)
        {
            // The present comes first: a backfill that ran before the cycle of the start would put that off by a whole interval.
            while (slot.IsPolled && slot.IsFirst)
            {
                await Task.Delay(Patience, time, stopping).ConfigureAwait(false);
            }

            // Asked before it is claimed, which is not kept from what somebody asks for while the store thinks.
            var open = await backfills.OpenOnesAsync(stopping).ConfigureAwait(false);
            var isOpen = open?.Any(one => (one.Provider, one.From, one.To) == (cursor.Provider, cursor.From, cursor.To));
            if (isOpen == false || (isOpen == true && await TryBeginAsync(cursor, slot, fire).ConfigureAwait(false)))
            {
                return;
            }

            // The store is away, the run log has no room, the provider is busy, or another host has it.
            await Task.Delay(LongPatience, time, stopping).ConfigureAwait(false);
        }
    }

    private static async Task<bool> TryBeginAsync(
        BackfillCursor cursor, ProviderSlot slot, Func<RunTrigger, IReadOnlyList<ProviderSlot>, RunRequest?, Task<StartedRun?>> fire) =>
        slot.Past!.TryClaim() && await fire(RunTrigger.Backfill, [slot.Past], new RunRequest([slot.Name], cursor.From, cursor.To)).ConfigureAwait(false) is not null;
}
