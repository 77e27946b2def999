using System.Threading.Channels;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>The bounded way from the runners to the dispatcher: when it is full, runners wait. Thread-safe.</summary>
internal sealed class IngestChannel(IOptions<IngestionOptions> options, TimeProvider time)
{
    public const string Name = "dispatch";

    private readonly Channel<BatchLease> _channel = Channel.CreateBounded<BatchLease>(
        new BoundedChannelOptions(options.Value.ChannelCapacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true });

    public ChannelReader<BatchLease> Reader => _channel.Reader;

    /// <summary>Passes a batch on, with the caller's reference to it.</summary>
    public ValueTask WriteAsync(BatchLease lease, CancellationToken cancellationToken) => _channel.Writer.WriteAsync(lease, cancellationToken);

    /// <summary>Takes nothing new; what is there can still be read.</summary>
    public void Complete() => _channel.Writer.TryComplete();

    public QueueStatus Status()
    {
        var age = _channel.Reader.TryPeek(out var oldest) ? time.GetElapsedTime(oldest.CreatedAt) : TimeSpan.Zero;
        return new QueueStatus(Name, _channel.Reader.Count, options.Value.ChannelCapacity, age);
    }
}
