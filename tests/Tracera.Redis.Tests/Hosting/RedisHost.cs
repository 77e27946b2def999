using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Tracera.Ingestion.Tests.Live;

namespace Tracera.Redis.Tests.Hosting;

/// <summary>Redis as an app composes it, started; the clock is the machine's unless the test has one.</summary>
internal sealed class RedisHost : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly List<ITraceraComponent> _started = [];

    private RedisHost(ServiceProvider services)
    {
        _services = services;
        Sink = services.GetServices<SinkRegistration>().Single(sink => sink.Name == "redis").Factory(services);
        Meters = new MeterReadings(services.GetRequiredService<IMeterFactory>());
    }

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    public IServiceProvider Services => _services;

    public IPriceSink Sink { get; }

    public MeterReadings Meters { get; }

    public IUpdateSource Source => _services.GetRequiredService<IUpdateSource>();

    public IUpdatePublisher Publisher => _services.GetRequiredService<IUpdatePublisher>();

    public ISnapshotReader Reader => _services.GetRequiredService<ISnapshotReader>();

    public IVolatilityCache Cache => _services.GetRequiredService<IVolatilityCache>();

    public TimeProvider Time => _services.GetRequiredService<TimeProvider>();

    /// <summary>Starts a host and waits until it follows the updates.</summary>
    public static async Task<RedisHost> StartAsync(
        string connectionString, string prefix, Action<RedisOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        var host = await BeginAsync(connectionString, prefix, configure, add);
        await host.FollowingAsync();
        return host;
    }

    /// <summary>Starts a host whose Redis may be away.</summary>
    public static async Task<RedisHost> BeginAsync(
        string connectionString, string prefix, Action<RedisOptions>? configure = null, Action<IServiceCollection>? add = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug)).AddMetrics();
        add?.Invoke(services);
        services.AddTracera().AddRedis(options =>
        {
            (options.ConnectionString, options.Prefix) = (connectionString, prefix);
            options.CheckInterval = TimeSpan.FromMilliseconds(200);
            configure?.Invoke(options);
        });
        var host = new RedisHost(services.BuildServiceProvider());
        foreach (var registration in host._services.GetServices<ComponentRegistration>().OrderBy(part => part.Stage))
        {
            var component = registration.Factory(host._services);
            host._started.Add(component);
            await component.StartAsync(Token);
        }

        return host;
    }

    public Task FollowingAsync() => _services.GetRequiredService<UpdateListener>().Following.WaitAsync(TimeSpan.FromSeconds(60), Token);

    /// <summary>A tick observed some seconds after (or before) the present.</summary>
    public PriceTick Tick(int item, decimal price, double observedIn = -60, double receivedIn = 0, int source = 1, decimal? volume = null)
    {
        var now = UnixTime.ToMicroseconds(Time.GetUtcNow());
        return new PriceTick(new ItemId(item), new SourceId(source), price, volume, now + (long)(observedIn * 1e6), now + (long)(receivedIn * 1e6));
    }

    public ValueTask<WriteOutcome> WriteAsync(params PriceTick[] ticks) => WriteAsync(BatchLane.Live, ticks);

    public ValueTask<WriteOutcome> WriteAsync(BatchLane lane, params PriceTick[] ticks) =>
        Sink.WriteAsync(new PriceBatch(Guid.NewGuid(), RunId.New(Time.GetUtcNow()), "test", ticks, lane), Token);

    public async Task<PriceTick[]> LatestAsync() => [.. (await Reader.ReadAllAsync(Token)).Prices];

    public async Task<HealthCheckResult> ReadinessAsync()
    {
        var registration = _services.GetServices<HealthCheckRegistration>().Single(check => check.Name == "redis");
        return await registration.Factory(_services).CheckHealthAsync(new HealthCheckContext { Registration = registration }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var component in Enumerable.Reverse(_started))
        {
            await component.StopAsync(CancellationToken.None);
        }

        Meters.Dispose();
        await _services.DisposeAsync();
    }
}
