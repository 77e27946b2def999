using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Redis;
using Tracera.TestServers.Redis;

namespace Tracera.Load;

/// <summary>Redis as an app composes it, with a subscriber attached that counts what it gets.</summary>
internal sealed class RedisBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly ITraceraComponent _component;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Lock _gate = new();
    private long _received;
    private long _gaps;
    private (long Count, TaskCompletionSource Reached)? _awaited;
    private Task _reading = Task.CompletedTask;

    private RedisBench(ServiceProvider services)
    {
        _services = services;
        _component = services.GetServices<ComponentRegistration>().Single(part => part.Name == "redis").Factory(services);
        Sink = services.GetServices<SinkRegistration>().Single(sink => sink.Name == "redis").Factory(services);
    }

    private IPriceSink Sink { get; }

    private long Received => Interlocked.Read(ref _received);

    private long Gaps => Interlocked.Read(ref _gaps);

    public static async Task<RedisBench> StartAsync(RedisServer server, string prefix, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddLogging().AddMetrics();
        services.AddTracera().AddRedis(options =>
        {
            (options.ConnectionString, options.Prefix) = (server.Endpoint, prefix);
            options.QueueCapacity = RedisOptions.DefaultQueueCapacity * 8;
        });
        var bench = new RedisBench(services.BuildServiceProvider());
        await bench._component.StartAsync(cancellationToken);
        var updates = await bench._services.GetRequiredService<IUpdateSource>().SubscribeAsync(cancellationToken);
        bench._reading = bench.ReadAsync(updates);
        return bench;
    }

    /// <summary>Writes batches of ticks that each become the latest, and waits until the subscriber has got every one.</summary>
    /// <returns>Ticks a second.</returns>
    public async Task<double> WriteAsync(List<PriceBatch> batches, CancellationToken cancellationToken)
    {
        var (before, gaps, ticks) = (Received, Gaps, batches.Sum(batch => batch.Count));
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var batch in batches)
        {
            WrongCountException.ThrowUnless(batch.Count, (await Sink.WriteAsync(batch, cancellationToken)).Written, "Ticks that became the latest");
        }

        await ReceivedAsync(before + ticks);
        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        WrongCountException.ThrowUnless(ticks, Received - before, "Ticks that the subscriber got");
        WrongCountException.ThrowUnless(0, Gaps - gaps, "Gaps that the subscriber was told of");
        return ticks / elapsed.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _component.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        _stopping.Dispose();
    }

    private Task ReceivedAsync(long count)
    {
        lock (_gate)
        {
            if (Received >= count)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited = (count, reached);
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    private async Task ReadAsync(IUpdateSubscription updates)
    {
        await using var open = updates;
        await foreach (var update in updates.ReadAsync(_stopping.Token))
        {
            lock (_gate)
            {
                _received += update.Prices.Length;
                _gaps += update.Gap ? 1 : 0;
                if (_awaited is { } awaited && _received >= awaited.Count)
                {
                    awaited.Reached.TrySetResult();
                    _awaited = null;
                }
            }
        }
    }
}
