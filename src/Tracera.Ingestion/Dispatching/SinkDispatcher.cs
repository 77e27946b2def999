using System.Threading.Channels;

namespace Tracera.Ingestion;

/// <summary>Hands each batch to the queue of every sink that it is for.</summary>
/// <remarks>Each lane has a loop of its own, so that a full queue of one does not hold up the other. Queues that never wait are served first, so that a full one which does holds up nobody before it.</remarks>
internal sealed class SinkDispatcher(IngestChannel channel, SinkPumps pumps, RunTracker tracker) : ITraceraComponent, IDisposable
{
    private readonly CancellationTokenSource _deadline = new();
    private SinkLine[] _lines = [];
    private SinkLine[] _durable = [];
    private Task _loop = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _lines = [.. pumps.Lines.OrderBy(line => line.Queue.Waits).ThenByDescending(line => line.IsDurable)];
        _durable = [.. _lines.Where(line => line.IsDurable)];
        _loop = Task.WhenAll(
            Task.Run(() => DispatchAsync(channel.Reader), CancellationToken.None), Task.Run(() => DispatchAsync(channel.HistoryReader), CancellationToken.None));
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        channel.Complete();
        await using var onDeadline = cancellationToken.UnsafeRegister(
            static state => StoreCall.Observe(((CancellationTokenSource)state!).CancelAsync()), _deadline).ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    public void Dispose() => _deadline.Dispose();

    private async Task DispatchAsync(ChannelReader<PassedBatch> reader)
    {
        // The channel always ends, also after the deadline: then every batch in it is counted as lost.
        await foreach (var (lease, _) in reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
        {
            await HandOutAsync(lease).ConfigureAwait(false);
            lease.Release();
        }
    }

    private async Task HandOutAsync(BatchLease lease)
    {
        var hasDurable = false;
        foreach (var line in lease.Batch.Lane == BatchLane.Live ? _lines : _durable)
        {
            if (_deadline.IsCancellationRequested)
            {
                break;
            }

            hasDurable |= await TryHandOverAsync(line, lease).ConfigureAwait(false) && line.IsDurable;
        }

        if (!hasDurable)
        {
            tracker.LostBeforeDispatch(lease.Batch, "the host stopped before they could be dispatched");
        }
    }

    private async Task<bool> TryHandOverAsync(SinkLine line, BatchLease lease)
    {
        // Counted before the hand-over, because the outcome may be there before it returns.
        lease.Retain();
        Count(line, lease, lease.Count);
        try
        {
            await line.Queue.WriteAsync(lease, _deadline.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            Count(line, lease, -lease.Count);
            lease.Release();
            return false;
        }
    }

    private void Count(SinkLine line, BatchLease lease, int ticks)
    {
        if (line.IsDurable)
        {
            tracker.Dispatched(lease.Batch, ticks);
        }
    }
}
