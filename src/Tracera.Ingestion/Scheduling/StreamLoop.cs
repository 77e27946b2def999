using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Keeps the stream of one provider connected: each connection is a run of its own.</summary>
internal sealed class StreamLoop(RunStarter starter, IOptions<IngestionOptions> options, TimeProvider time)
{
    public async Task RunAsync(ProviderSlot slot)
    {
        // A provider that is also polled shows the times of its cycles; its connections have a slot of their own.
        var own = slot.IsPolled ? new ProviderSlot(slot.Name, slot.Options, options.Value.MinimumBackoff, time.GetUtcNow()) : slot;
        var (failures, state) = (0, new StreamState(options.Value.MaximumReconnectBackoff));
        slot.Stream = state;
        while (!starter.Stopping.IsCancellationRequested)
        {
            own.TryClaim();
            var result = await ConnectAsync(own, slot.Streamed!, state).ConfigureAwait(false);
            failures = result is not null && state.Ended(time.GetUtcNow()) ? 1 : failures + 1;
            var pause = Backoff.After(failures, options.Value.MinimumBackoff, options.Value.MaximumReconnectBackoff, Random.Shared.NextDouble());
            var now = time.GetUtcNow();
            var again = CyclePlan.NotLater(result?.RetryAt > now + pause ? result.RetryAt.Value : now + pause, now);

            // Begun before it is shown, so that whoever sees the time of the next connection finds it made at that time.
            var rest = Task.Delay(again - now, time, starter.Stopping);
            own.Disconnected(result, now, again);
            await rest.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<CycleResult?> ConnectAsync(ProviderSlot slot, IStreamingPriceProvider provider, StreamState state)
    {
        if (await starter.TryBeginAsync(RunTrigger.Stream, [slot]).ConfigureAwait(false) is not { } started)
        {
            state.Elsewhere();
            return null;
        }

        state.Connecting(started.Run.Rows[0], time.GetUtcNow());
        var request = new CycleRequest(
            started.Run.Rows[0], slot.Options, time.GetUtcNow(), BatchLane.Live, IsStream: true, IsPlanned: true, provider.StreamAsync);
        return await starter.RunAsync(request, slot).ConfigureAwait(false);
    }
}
