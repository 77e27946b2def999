using Microsoft.Extensions.Logging;

namespace Tracera.Realtime.Relay;

/// <summary>The one listener of the live updates: hands every batch to the index, and mends gaps with snapshots.</summary>
/// <remarks>
/// One loop. A gap, a new epoch, a skipped offset and a broken subscription are mended the same way: the latest values of all items that somebody is
/// subscribed to are read again and every client is told. When they cannot be read every client is closed with 4010.
/// </remarks>
internal sealed class UpdateRelay(
    IUpdateSource source,
    SnapshotLoader snapshots,
    SourceNames sources,
    SubscriptionIndex index,
    TimeProvider time,
    ILogger<UpdateRelay> logger) : IDisposable
{
    private const int ItemsPerSnapshot = 1_000;
    private static readonly TimeSpan NamingPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly CancellationTokenSource _stopping = new();
    private volatile TaskCompletionSource _following = NewSignal();
    private Task _loop = Task.CompletedTask;
    private bool _hasFollowed;

    /// <summary>Ends when the updates are followed, so that a client can join.</summary>
    public Task Following => _following.Task;

    public void Start() => _loop = Task.WhenAll(RunAsync(_stopping.Token), NameAsync(_stopping.Token));

    public async Task StopAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        var pause = FirstPause;
        while (!cancellationToken.IsCancellationRequested)
        {
            var follow = FollowAsync(cancellationToken);
            await follow.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }

            pause = Following.IsCompleted ? FirstPause : pause;
            _following = Following.IsCompleted ? NewSignal() : _following;
            RealtimeLog.FollowFailed(logger, follow.Exception?.InnerException, pause.TotalMilliseconds);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var subscription = await source.SubscribeAsync(cancellationToken).ConfigureAwait(false);
        await using (subscription.ConfigureAwait(false))
        {
            if (_hasFollowed)
            {
                await ResyncAsync(null, cancellationToken).ConfigureAwait(false);
            }
            else if (await snapshots.TryReadAsync([], cancellationToken).ConfigureAwait(false) is { Snapshot: { } first })
            {
                index.CompleteResync(first.Position);
            }

            _hasFollowed = true;
            _following.TrySetResult();
            RealtimeLog.Following(logger);
            await foreach (var batch in subscription.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await TakeAsync(batch, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask TakeAsync(UpdateBatch batch, CancellationToken cancellationToken)
    {
        await sources.LearnAsync(SourcesOf(batch), cancellationToken).ConfigureAwait(false);
        index.ShowResolved();
        if (batch.Gap || index.Skips(batch.Point))
        {
            await ResyncAsync(batch.Point, cancellationToken).ConfigureAwait(false);
        }

        index.Apply(batch);
    }

    // In a quiet stream no batch would ask again for the names that values wait for.
    private async Task NameAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(NamingPause, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            if (index.Unresolved() is { Count: > 0 } unresolved)
            {
                await sources.LearnAsync(unresolved, cancellationToken).ConfigureAwait(false);
                index.ShowResolved();
            }
        }
    }

    private HashSet<SourceId> SourcesOf(UpdateBatch batch)
    {
        var ids = new HashSet<SourceId>(index.Unresolved());
        foreach (ref readonly var tick in batch.Prices.Span)
        {
            ids.Add(tick.Source);
        }

        foreach (var figures in batch.Volatility)
        {
            ids.Add(figures.Series.Source);
        }

        return ids;
    }

    private async Task ResyncAsync(StreamPoint? point, CancellationToken cancellationToken)
    {
        var (items, clients) = index.BeginResync();
        RealtimeLog.Gap(logger, point, items.Count, clients);
        StreamPosition? position = null;
        for (var i = 0; position is null || i < items.Count; i += ItemsPerSnapshot)
        {
            var part = items.Skip(i).Take(ItemsPerSnapshot).ToList();
            var (snapshot, failure) = await snapshots.TryReadAsync(part, cancellationToken).ConfigureAwait(false);
            if (snapshot is null)
            {
                RealtimeLog.ResyncFailed(logger, failure, clients);
                index.Abandon();
                return;
            }

            index.MergePart(snapshot);

            // Every later part stands for at least as much as the first.
            position ??= snapshot.Position;
        }

        index.CompleteResync(position);
    }
}
