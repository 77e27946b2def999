using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Fills the memory with the latest ticks of the store, in the background, for as long as it takes.</summary>
internal sealed class WarmStart(
    LiveBus bus,
    IPriceHistory? history,
    IOptions<InProcessUpdatesOptions> options,
    IOptions<IngestionOptions> ingestion,
    TimeProvider time,
    ILogger<WarmStart> logger)
    : ITraceraComponent, IDisposable
{
    private const int ItemsAtATime = 1_000;
    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;
    private bool _isWarm = history is null;

    /// <summary>Whether every series of the store was offered to the memory.</summary>
    public bool IsWarm => Volatile.Read(ref _isWarm);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (history is not null)
        {
            _running = Task.Run(() => RunAsync(history, _stopping.Token), CancellationToken.None);
        }

        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(IPriceHistory from, CancellationToken cancellationToken)
    {
        var (startedAt, lead) = (time.GetUtcNow(), ingestion.Value.MaxClockLead);
        var series = await LoadUntilDoneAsync(from, DateTimeOffset.MinValue, DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
        Volatile.Write(ref _isWarm, true);
        InProcessUpdatesLog.Warm(logger, series);

        // What was stored before the start but lay ahead of the clock has become the latest by then. What was received since has passed here, or was backfilled and is no news.
        await Task.Delay(lead, time, cancellationToken).ConfigureAwait(false);
        await LoadUntilDoneAsync(from, startedAt - lead, startedAt, cancellationToken).ConfigureAwait(false);
    }

    private async Task<int> LoadUntilDoneAsync(IPriceHistory from, DateTimeOffset receivedSince, DateTimeOffset receivedUntil, CancellationToken cancellationToken)
    {
        while (true)
        {
            var load = LoadAsync(from, receivedSince, receivedUntil, cancellationToken);
            await ((Task)load).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (load.IsCompletedSuccessfully)
            {
                return await load.ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            InProcessUpdatesLog.WarmFailed(logger, load.Exception?.InnerException, options.Value.RetryInterval);
            await Task.Delay(options.Value.RetryInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<int> LoadAsync(IPriceHistory from, DateTimeOffset receivedSince, DateTimeOffset receivedUntil, CancellationToken cancellationToken)
    {
        var (items, series) = (new List<ItemId>(ItemsAtATime), 0);
        await foreach (var key in from.ReadSeriesAsync(receivedSince, cancellationToken).ConfigureAwait(false))
        {
            series++;
            if (items.Count > 0 && items[^1] == key.Item)
            {
                continue;
            }

            if (items.Count == ItemsAtATime)
            {
                await LoadAsync(from, items, receivedUntil, cancellationToken).ConfigureAwait(false);
                items = new List<ItemId>(ItemsAtATime);
            }

            items.Add(key.Item);
        }

        await LoadAsync(from, items, receivedUntil, cancellationToken).ConfigureAwait(false);
        return series;
    }

    // What is in memory already and newer stays: the bus takes a tick only when it is the newest of its series.
    private async Task LoadAsync(IPriceHistory from, List<ItemId> items, DateTimeOffset receivedUntil, CancellationToken cancellationToken)
    {
        if (items.Count > 0)
        {
            var ticks = await from.GetLatestAsync(items, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            _ = bus.Offer(ticks.Where(tick => tick.ReceivedAt <= receivedUntil).ToArray());
        }
    }
}
