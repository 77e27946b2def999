using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests;

/// <summary>A host with the ingestion, a store in memory and a clock that the test moves.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    private IHost? _host;

    public Rig()
    {
        _builder.Services.AddSingleton<TimeProvider>(Clock);
        _builder.Services.AddSingleton<IItemCatalog>(Store).AddSingleton<IRunLog>(Store).AddSingleton<IProviderLeases>(Store);
        Tracera = _builder.Services.AddTracera(options => options.InstanceName = "me");
        Tracera.AddIngestion();
        Tracera.AddSink(new SinkRegistration("store", _ => Durable, IsDurable: true));
    }

    public ManualTimeProvider Clock { get; } = new();

    public FakeStore Store { get; } = new();

    public FakeSink Durable { get; } = new();

    public ITraceraBuilder Tracera { get; }

    public IServiceCollection Services => _builder.Services;

    public IIngestionControl Control => _host!.Services.GetRequiredService<IIngestionControl>();

    public IOptionsMonitor<T> Options<T>() => _host!.Services.GetRequiredService<IOptionsMonitor<T>>();

    public IServiceProvider Provided => _host!.Services;

    public T Add<T>(string name, T provider, Action<ProviderOptions>? configure = null)
        where T : class
    {
        Tracera.AddProvider(new ProviderRegistration(name, _ => provider, options =>
        {
            options.Jitter = 0;
            configure?.Invoke(options);
        }));
        return provider;
    }

    public FakeSink AddSink(string name, Action<SinkOptions>? configure = null)
    {
        var sink = new FakeSink();
        Tracera.AddSink(new SinkRegistration(name, _ => sink, Configure: configure));
        return sink;
    }

    public Rig Configure(string key, string value)
    {
        _builder.Configuration.AddInMemoryCollection([new($"Tracera:{key}", value)]);
        return this;
    }

    public async Task StartAsync()
    {
        _host = _builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stops the host while its clock runs, so that deadlines and pauses pass.</summary>
    public Task StopAsync() => RunUntilAsync(_host!.StopAsync(TestContext.Current.CancellationToken));

    /// <summary>Lets the clock run until something has happened.</summary>
    public async Task RunUntilAsync(Task happened)
    {
        while (!happened.IsCompleted)
        {
            Clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Yield();
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await happened;
    }

    public SinkLedger Ledger(string sink) => Control.GetPipeline().Sinks.Single(ledger => ledger.Sink == sink);

    public ProviderLedger ProviderLedger(string provider) => Control.GetPipeline().Providers.Single(ledger => ledger.Provider == provider);

    public ProviderStatus Status(string provider) => Control.GetProviders().Single(status => status.Name == provider);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await RunUntilAsync(_host.StopAsync());
            _host.Dispose();
        }
    }
}
