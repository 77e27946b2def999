using System.Buffers;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Ingestion;
using Tracera.Load;
using Tracera.Testing;

namespace Tracera.Benchmarks;

/// <summary>The way of batches behind the runners, per tick: the ingest channel alone, and channel, dispatcher and the pumps of two sinks that only count.</summary>
[MemoryDiagnoser]
public class DeliveryBenchmarks
{
    private const int Size = IngestionOptions.DefaultBatchSize;
    private const int Batches = 64;
    private readonly PriceBatch _batch = Names.Batch(Size);
    private readonly NullSink _durable = new();
    private readonly NullSink _live = new();
    private ServiceProvider _services = null!;
    private ITraceraComponent[] _parts = [];
    private IngestChannel _alone = null!;
    private IngestChannel _channel = null!;

    /// <summary>Starts the sinks and the dispatcher.</summary>
    [GlobalSetup]
    public async Task StartAsync()
    {
        var (services, store) = (new ServiceCollection(), new InMemoryStore());
        services.AddLogging().AddMetrics().AddSingleton<IItemCatalog>(store.Catalog).AddSingleton<IRunLog>(store.Runs).AddSingleton<IProviderLeases>(store.Leases);
        services.AddTracera().AddIngestion()
            .AddSink(new SinkRegistration("durable", _ => _durable, IsDurable: true))
            .AddSink(new SinkRegistration("live", _ => _live, Configure: options => options.Overflow = SinkOverflow.Wait));
        _services = services.BuildServiceProvider();
        _channel = _services.GetRequiredService<IngestChannel>();
        _alone = ActivatorUtilities.CreateInstance<IngestChannel>(_services);
        _parts = [_services.GetRequiredService<SinkPumps>(), _services.GetRequiredService<SinkDispatcher>()];
        foreach (var part in _parts)
        {
            await part.StartAsync(CancellationToken.None);
        }
    }

    /// <summary>Stops them.</summary>
    [GlobalCleanup]
    public async Task StopAsync()
    {
        foreach (var part in _parts.Reverse())
        {
            await part.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    /// <summary>One batch into the channel and out of it.</summary>
    [Benchmark(OperationsPerInvoke = Size)]
    public async Task<int> IngestChannelAsync()
    {
        await _alone.WriteAsync(Lease(), CancellationToken.None);
        if (!_alone.Reader.TryRead(out var passed))
        {
            return 0;
        }

        var count = passed.Lease.Count;
        passed.Lease.Release();
        return count;
    }

    /// <summary>Batches through the channel, the dispatcher and the pumps, until both sinks have them all.</summary>
    [Benchmark(OperationsPerInvoke = Size * Batches)]
    public async Task<long> DispatchAndPumpAsync()
    {
        var wanted = _durable.Count + ((long)Batches * Size);
        var done = Task.WhenAll(_durable.WhenAsync(wanted), _live.WhenAsync(wanted));
        for (var i = 0; i < Batches; i++)
        {
            await _channel.WriteAsync(Lease(), CancellationToken.None);
        }

        await done;
        return wanted;
    }

    // Rented and given back as a runner's are. What the ticks say matters to nobody here.
    private BatchLease Lease()
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(Size);
        return BatchLease.Of(new PriceBatch(_batch.Id, _batch.RunId, _batch.Provider, memory.AsMemory(0, Size)), memory, 0);
    }
}
