using System.Buffers;

namespace Tracera.Redis;

/// <summary>Publishes figures, those of one shard together and at most <see cref="MaxFigures"/> in a message.</summary>
internal sealed class RedisUpdatePublisher(ShardStreams streams, RedisLayout layout) : IUpdatePublisher
{
    private const int MaxFigures = 200;

    public async ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        // Figures of one engine share their list of fields.
        var calls = snapshots
            .GroupBy(snapshot => (Shard: layout.ShardOf(snapshot.Series.Item), snapshot.Fields))
            .SelectMany(group => group.Chunk(MaxFigures).Select(part => PublishAsync(group.Key.Shard, part, cancellationToken)))
            .ToList();
        await Task.WhenAll(calls).ConfigureAwait(false);
    }

    private Task PublishAsync(int shard, VolatilitySnapshot[] figures, CancellationToken cancellationToken)
    {
        var output = new ArrayBufferWriter<byte>();
        FigureWire.Write(figures, output);
        return streams.PublishFiguresAsync(shard, figures.Length, output.WrittenSpan.ToArray(), cancellationToken);
    }
}
