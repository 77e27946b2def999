using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>The bounded ways from the runners to the dispatcher, one for each lane: when one is full, its runners wait. Thread-safe.</summary>
internal sealed class IngestChannel(IOptions<IngestionOptions> options, TimeProvider time)
{
    public const string Name = "dispatch";
    private const int HistoryCapacity = 4;

    private readonly Channel<PassedBatch> _channel = Channel.CreateBounded<PassedBatch>(
        new BoundedChannelOptions(options.Value.ChannelCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    private readonly Channel<PassedBatch> _history = Channel.CreateBounded<PassedBatch>(
        new BoundedChannelOptions(HistoryCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    /// <summary>The batches of now.</summary>
    public ChannelReader<PassedBatch> Reader => _channel.Reader;

    /// <summary>The batches of the backfill lane, which wait for none of now and hold up none.</summary>
    public ChannelReader<PassedBatch> HistoryReader => _history.Reader;

    /// <summary>Passes a batch on, with the caller's reference to it.</summary>
    public ValueTask WriteAsync(BatchLease lease, CancellationToken cancellationToken) =>
        (lease.Batch.Lane == BatchLane.Backfill ? _history : _channel).Writer.WriteAsync(new PassedBatch(lease, lease.CreatedAt), cancellationToken);

    /// <summary>Takes nothing new; what is there can still be read.</summary>
    public void Complete()
    {
        _channel.Writer.TryComplete();
        _history.Writer.TryComplete();
    }

    public QueueStatus Status()
    {
        var age = _channel.Reader.TryPeek(out var oldest) ? time.GetElapsedTime(oldest.CreatedAt) : TimeSpan.Zero;
        return new QueueStatus(Name, _channel.Reader.Count, options.Value.ChannelCapacity, age);
    }
}
