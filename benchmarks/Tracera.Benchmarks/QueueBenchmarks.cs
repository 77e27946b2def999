using System.Threading.Channels;
using BenchmarkDotNet.Attributes;
using Tracera.Ingestion;

namespace Tracera.Benchmarks;

/// <summary>Passing a batch through the queue of a sink, per tick; beside it a bounded channel of ticks.</summary>
[MemoryDiagnoser]
public class QueueBenchmarks
{
    private const int Size = IngestionOptions.DefaultBatchSize;
    private static readonly PriceTick[] Ticks = Names.Ticks(Size);
    private readonly BatchLease _lease = BatchLease.Of(Names.Batch(Size), Ticks, 0);
    private readonly SinkQueue _queue = new(new SinkOptions(), new SinkAccount("load", isDurable: false), Size, TimeProvider.System);
    private readonly Channel<PriceTick> _channel = Channel.CreateBounded<PriceTick>(
        new BoundedChannelOptions(Size) { SingleReader = true, SingleWriter = true });

    /// <summary>One batch in and out.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public async Task<int> SinkQueueAsync()
    {
        await _queue.WriteAsync(_lease, CancellationToken.None);
        var taken = await _queue.TakeAsync(CancellationToken.None);
        _queue.Done(default);
        return taken!.Count;
    }

    /// <summary>The same ticks, one by one.</summary>
    [Benchmark(OperationsPerInvoke = Size, Baseline = true)]
    public async Task<int> ChannelPerItemAsync()
    {
        var count = 0;
        foreach (var tick in Ticks)
        {
            await _channel.Writer.WriteAsync(tick);
        }

        while (_channel.Reader.TryRead(out _))
        {
            count++;
        }

        return count;
    }
}
