using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>A host with a live feed, a provider of the past, the PostgreSQL store and live clients in the process.</summary>
internal sealed class BackfillBench : IAsyncDisposable
{
    private const string Schema = "load";
    private readonly PostgresCluster _cluster;
    private readonly IHost _host;
    private readonly CancellationTokenSource _listening = new();
    private TimedSink? _sink;
    private Task _listen = Task.CompletedTask;
    private SourceId _history;
    private long _historyUpdates;
    private long _liveUpdates;

    private BackfillBench(PostgresCluster cluster, int perSecond)
    {
        _cluster = cluster;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var tracera = builder.Services.AddTracera().AddIngestion().AddInProcessUpdates().AddPostgres(options =>
        {
            options.ConnectionString = cluster.ConnectionString();
            options.Schema = Schema;
        });
        WrapStore(builder.Services);
        tracera.AddProvider(new ProviderRegistration(LiveFeed.Name, _ => new LiveFeed(perSecond, TimeProvider.System)));
        tracera.AddProvider(new ProviderRegistration(HistoryFeed.Name, _ => new HistoryFeed(), options => options.Interval = TimeSpan.FromDays(7)));
        _host = builder.Build();
    }

    /// <summary>How many prices of the past reached live clients.</summary>
    public long HistoryUpdates => Volatile.Read(ref _historyUpdates);

    public static async Task<BackfillBench> StartAsync(PostgresCluster cluster, int perSecond, CancellationToken cancellationToken)
    {
        var bench = new BackfillBench(cluster, perSecond);
        await bench._host.StartAsync(cancellationToken);
        var source = await bench._host.Services.GetRequiredService<IItemCatalog>().GetOrAddSourceAsync(
            HistoryFeed.Name, new SourceDescriptor("history", Currency.Usd), cancellationToken);
        bench._history = source.Id;
        bench._listen = bench.ListenAsync(bench._listening.Token);
        return bench;
    }

    /// <summary>Lets prices of now pass for a while.</summary>
    public async Task<List<double>> LiveForAsync(TimeSpan span, CancellationToken cancellationToken)
    {
        _sink?.Take();
        await Task.Delay(span, TimeProvider.System, cancellationToken);
        return _sink!.Take();
    }

    /// <summary>Backfills a range, and gives the latencies of the prices of now meanwhile.</summary>
    public async Task<(List<double> Latencies, double Seconds)> BackfillAsync(DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var (control, runs) = (_host.Services.GetRequiredService<IIngestionControl>(), _host.Services.GetRequiredService<IRunLog>());
        _sink!.Take();
        var startedAt = Stopwatch.GetTimestamp();
        RunId? run;
        while ((run = (await control.StartRunAsync(new RunRequest([HistoryFeed.Name], from, to), cancellationToken)).RunId) is null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        RunRecord? record;
        while ((record = await runs.FindAsync(run.Value, cancellationToken)) is null or { State: RunState.Running })
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellationToken);
        }

        WrongCountException.ThrowUnless(1, record.State == RunState.Completed ? 1 : 0, $"Completed backfills ({record.Error})");
        return (_sink.Take(), Stopwatch.GetElapsedTime(startedAt).TotalSeconds);
    }

    /// <summary>Holds the rows against what was asked for.</summary>
    public async Task CheckAsync(long rows, CancellationToken cancellationToken)
    {
        var stored = await _cluster.PsqlAsync($"SELECT count(*) FROM {Schema}.tick WHERE source_id = {_history}", cancellationToken: cancellationToken);
        WrongCountException.ThrowUnless(rows, long.Parse(stored, CultureInfo.InvariantCulture), "Backfilled rows in the store");
        WrongCountException.ThrowUnless(1, Volatile.Read(ref _liveUpdates) > 0 ? 1 : 0, "Live clients that see prices of now");
    }

    public async ValueTask DisposeAsync()
    {
        await _listening.CancelAsync();
        await _listen.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _host.StopAsync();
        _host.Dispose();
        _listening.Dispose();
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var subscription = await _host.Services.GetRequiredService<IUpdateSource>().SubscribeAsync(cancellationToken);
        await foreach (var batch in subscription.ReadAsync(cancellationToken))
        {
            foreach (ref readonly var tick in batch.Prices.Span)
            {
                Interlocked.Increment(ref tick.Source == _history ? ref _historyUpdates : ref _liveUpdates);
            }
        }
    }

    private void WrapStore(IServiceCollection services)
    {
        var store = services.Single(service => service.ImplementationInstance is SinkRegistration { IsDurable: true });
        var registration = (SinkRegistration)store.ImplementationInstance!;
        services.Remove(store);
        services.AddSingleton(registration with { Factory = made => _sink = new TimedSink(registration.Factory(made), TimeProvider.System) });
    }
}
