using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tracera.Testing;

namespace Tracera.Load;

/// <summary>Tracera as an app composes it: the scheduler, the runners, the dispatcher and the pumps with default options, some providers, a null run log and two null sinks.</summary>
internal sealed class CorePipeline : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly int ThirdQueue = LoadSize.Of("TRACERA_LOAD_QUEUE", SinkOptions.DefaultQueueCapacity);
    private readonly IHost _host;
    private readonly IIngestionControl _control;
    private readonly IReadOnlyList<CoreProvider> _providers;
    private readonly NullSink _durable = new();
    private readonly NullSink _live = new();
    private readonly RunEnds _ends;
    private long _cycles;

    private CorePipeline(IReadOnlyList<CoreProvider> providers, IPriceSink? third)
    {
        _providers = providers;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var store = new InMemoryStore();
        builder.Services.AddSingleton<IItemCatalog>(store.Catalog);
        builder.Services.AddSingleton<IProviderLeases>(store.Leases);
        _ends = new RunEnds(providers.Select(provider => provider.Name));
        builder.Services.AddSingleton<IRunLog>(_ends);
        var tracera = builder.Services.AddTracera()
            .AddIngestion()
            .AddSink(new SinkRegistration("durable", _ => _durable, IsDurable: true))
            .AddSink(new SinkRegistration("live", _ => _live, Configure: options => options.Overflow = SinkOverflow.Wait));
        if (third is not null)
        {
            tracera.AddSink(new SinkRegistration("third", _ => third, Configure: options => options.QueueCapacity = ThirdQueue));
        }

        foreach (var provider in providers)
        {
            tracera.AddProvider(new ProviderRegistration(provider.Name, _ => provider, options => options.Interval = TimeSpan.FromDays(7)));
        }

        _host = builder.Build();
        _control = _host.Services.GetRequiredService<IIngestionControl>();
    }

    /// <summary>Starts a host; its first run, in which every provider is asked once, yields nothing.</summary>
    public static async Task<CorePipeline> StartAsync(IReadOnlyList<CoreProvider> providers, CancellationToken cancellationToken, IPriceSink? third = null)
    {
        var pipeline = new CorePipeline(providers, third);
        await pipeline._host.StartAsync(cancellationToken);
        foreach (var provider in providers)
        {
            await pipeline._ends.WhenEndedAsync(provider.Name);
        }

        return pipeline;
    }

    /// <summary>Runs the cycles that the providers have prepared, each provider's one after the other, until both sinks have every tick.</summary>
    public async Task RunAsync(int cycles, CancellationToken cancellationToken)
    {
        _cycles += (long)cycles * _providers.Count;
        var sinks = Task.WhenAll(_durable.WhenAsync(_cycles * CoreFeed.Items), _live.WhenAsync(_cycles * CoreFeed.Items));
        await RunCyclesAsync(cycles, cancellationToken);
        await sinks.WaitAsync(Patience, cancellationToken);
    }

    /// <summary>Runs so many cycles of each provider; they yield what the providers have prepared, or nothing.</summary>
    public Task RunCyclesAsync(int cycles, CancellationToken cancellationToken) =>
        Task.WhenAll(_providers.Select(provider => Task.Run(() => CycleAsync(provider, cycles, cancellationToken), cancellationToken))).WaitAsync(Patience, cancellationToken);

    /// <summary>Holds the ledger against what the feed is known to hold.</summary>
    public void Check()
    {
        var ledger = _control.GetPipeline();
        foreach (var provider in ledger.Providers)
        {
            var cycles = _cycles / _providers.Count;
            WrongCountException.ThrowUnless(cycles * CoreFeed.Rows, provider.Fetched, $"fetched by {provider.Provider}");
            WrongCountException.ThrowUnless(cycles * CoreFeed.Rejects, provider.Rejected, $"rejected of {provider.Provider}");
            WrongCountException.ThrowUnless(cycles * CoreFeed.Repeats, provider.Deduplicated, $"deduplicated of {provider.Provider}");
            WrongCountException.ThrowUnless(cycles * CoreFeed.Items, provider.Dispatched, $"dispatched of {provider.Provider}");
        }

        foreach (var sink in ledger.Sinks)
        {
            WrongCountException.ThrowUnless(_cycles * CoreFeed.Items, sink.Offered, $"offered to {sink.Sink}");
            WrongCountException.ThrowUnless(sink.Offered, sink.Written + sink.Conflated + sink.Buffered, $"written, conflated or waiting of {sink.Sink}");
        }

        WrongCountException.ThrowUnless(_cycles * CoreFeed.Items, _durable.Count, "ticks in the durable sink");
        WrongCountException.ThrowUnless(_cycles * CoreFeed.Items, _live.Count, "ticks in the live sink");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task CycleAsync(CoreProvider provider, int cycles, CancellationToken cancellationToken)
    {
        var request = new RunRequest([provider.Name]);
        for (var i = 0; i < cycles; i++)
        {
            var ticket = await _control.StartRunAsync(request, cancellationToken);
            WrongCountException.ThrowUnless(1, ticket.Started.Count, "providers in a run");
            await _ends.WhenEndedAsync(provider.Name);
        }
    }
}
