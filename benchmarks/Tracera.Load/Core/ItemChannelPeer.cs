using System.Threading.Channels;

namespace Tracera.Load;

/// <summary>The same job with a bounded channel per item, as one would write it at first.</summary>
/// <remarks>
/// <para>
/// Each provider is enumerated by a task of its own. A row is checked, its name looked up and its key compared with those of the cycle, in the dictionaries of the
/// framework; what is left is written to one bounded channel, one tick an element. A dispatcher reads it and writes each tick to the bounded channel of each sink, so
/// that a slow sink does not stop the other before its channel is full, and one consumer for each sink hands it tick by tick to the sink.
/// </para>
/// <para>It counts, but it has no ledger by run, no deadlines, no retry, no meters: all of that is work which only Tracera does. Each of its channels holds 32,768 ticks.</para>
/// </remarks>
internal sealed class ItemChannelPeer(IReadOnlyList<CoreProvider> providers)
{
    private const int Capacity = 32 * 1024;
    private readonly List<ItemChannelReader> _readers = [.. providers.Select(provider => new ItemChannelReader(provider))];
    private readonly ItemSink[] _sinks = [new(), new()];
    private long _cycles;

    /// <summary>Runs the cycles that the providers have prepared until both sinks have every tick.</summary>
    public async Task RunAsync(int cycles, CancellationToken cancellationToken)
    {
        _cycles += (long)cycles * providers.Count;
        var ticks = Make(isOneWriter: false);
        var queues = _sinks.Select(_ => Make(isOneWriter: true)).ToArray();
        var consumers = _sinks.Select((sink, at) => Task.Run(() => ConsumeAsync(queues[at].Reader, sink, cancellationToken), cancellationToken)).ToList();
        var dispatcher = Task.Run(() => DispatchAsync(ticks.Reader, queues, cancellationToken), cancellationToken);
        await Task.WhenAll(_readers.Select(reader => Task.Run(() => reader.RunAsync(cycles, ticks.Writer, cancellationToken), cancellationToken)));
        ticks.Writer.Complete();
        await dispatcher;
        await Task.WhenAll(consumers);
    }

    /// <summary>Holds the counts against what the feed is known to hold.</summary>
    public void Check()
    {
        foreach (var reader in _readers)
        {
            var cycles = _cycles / providers.Count;
            WrongCountException.ThrowUnless(cycles * CoreFeed.Rows, reader.Fetched, "fetched by the peer");
            WrongCountException.ThrowUnless(cycles * CoreFeed.Rejects, reader.Rejected, "rejected by the peer");
            WrongCountException.ThrowUnless(cycles * CoreFeed.Repeats, reader.Deduplicated, "deduplicated by the peer");
        }

        foreach (var sink in _sinks)
        {
            WrongCountException.ThrowUnless(_cycles * CoreFeed.Items, sink.Count, "ticks in a sink of the peer");
        }
    }

    private static Channel<PriceTick> Make(bool isOneWriter) => Channel.CreateBounded<PriceTick>(
        new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = isOneWriter });

    private static async Task DispatchAsync(ChannelReader<PriceTick> ticks, Channel<PriceTick>[] queues, CancellationToken cancellationToken)
    {
        await foreach (var tick in ticks.ReadAllAsync(cancellationToken))
        {
            foreach (var queue in queues)
            {
                await queue.Writer.WriteAsync(tick, cancellationToken);
            }
        }

        foreach (var queue in queues)
        {
            queue.Writer.Complete();
        }
    }

    private static async Task ConsumeAsync(ChannelReader<PriceTick> queue, ItemSink sink, CancellationToken cancellationToken)
    {
        await foreach (var tick in queue.ReadAllAsync(cancellationToken))
        {
            await sink.WriteAsync(tick);
        }
    }
}
