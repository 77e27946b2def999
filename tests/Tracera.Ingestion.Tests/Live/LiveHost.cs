using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Live;

/// <summary>The in-process updates as an app composes them, on a clock of the test's own.</summary>
internal sealed class LiveHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    public LiveHost(Action<InProcessUpdatesOptions>? configure = null, FakeHistory? history = null, IVolatilityCache? cache = null, IItemCatalog? catalog = null, TimeSpan? clockLead = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Time).AddLogging().AddMetrics();
        if (history is not null)
        {
            services.AddSingleton<IPriceHistory>(history);
        }

        if (cache is not null)
        {
            services.AddSingleton(cache);
        }

        if (catalog is not null)
        {
            services.AddSingleton(catalog);
        }

        services.Configure<IngestionOptions>(options => options.MaxClockLead = clockLead ?? options.MaxClockLead);
        services.AddTracera().AddInProcessUpdates(configure);
        _services = services.BuildServiceProvider();
        Sink = _services.GetServices<SinkRegistration>().Single().Factory(_services);
        Meters = new MeterReadings(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>());
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public ManualTimeProvider Time { get; } = new();

    public MeterReadings Meters { get; }

    public IPriceSink Sink { get; }

    public IUpdateSource Source => _services.GetRequiredService<IUpdateSource>();

    public IUpdatePublisher Publisher => _services.GetRequiredService<IUpdatePublisher>();

    public IPrices Prices => _services.GetRequiredService<IPrices>();

    public ISnapshotReader Reader => _services.GetRequiredService<ISnapshotReader>();

    public ITraceraComponent WarmStart => _services.GetServices<ComponentRegistration>().Single().Factory(_services);

    public long Now => UnixTime.ToMicroseconds(Time.GetUtcNow());

    /// <summary>A tick observed some seconds after (or before) the clock's present.</summary>
    public PriceTick Tick(int item, decimal price, double observedIn = 0, double receivedIn = 0, int source = 1) =>
        new(new ItemId(item), new SourceId(source), price, null, Now + (long)(observedIn * 1e6), Now + (long)(receivedIn * 1e6));

    public ValueTask<WriteOutcome> WriteAsync(params PriceTick[] ticks) => WriteAsync(BatchLane.Live, ticks);

    public ValueTask<WriteOutcome> WriteAsync(BatchLane lane, params PriceTick[] ticks) =>
        Sink.WriteAsync(new PriceBatch(Guid.NewGuid(), RunId.New(Time.GetUtcNow()), "test", ticks, lane), Token);

    public async Task<PriceTick[]> LatestAsync() => [.. (await Reader.ReadAllAsync(Token)).Prices];

    public async ValueTask DisposeAsync()
    {
        Meters.Dispose();
        await _services.DisposeAsync();
    }
}
