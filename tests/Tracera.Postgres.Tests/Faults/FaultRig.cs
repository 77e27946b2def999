using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Tracera.TestServers;

namespace Tracera.Postgres.Tests;

/// <summary>A host with the product's own pipeline, a feed at an even rate, and a server of its own behind a proxy.</summary>
internal sealed class FaultRig : IAsyncDisposable
{
    private const int PerSecond = 5_000;
    private const int CannotWrite = 2400;
    private const int NoAnswerInTime = 2407;
    private readonly IHost _host;

    private FaultRig(PostgresCluster cluster, TcpProxy proxy, TimeSpan writeTimeout)
    {
        (Cluster, Proxy) = (cluster, proxy);
        _host = Build(writeTimeout);
    }

    public PostgresCluster Cluster { get; }

    public TcpProxy Proxy { get; }

    public PacedProvider Feed { get; } = new(PerSecond);

    public LogSignal Logs { get; } = new();

    /// <summary>How often the pump said that the sink fails; it says so once for each episode.</summary>
    public int Failures => Logs.Count(CannotWrite) + Logs.Count(NoAnswerInTime);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<FaultRig> StartAsync(TimeSpan writeTimeout)
    {
        Assert.SkipUnless(PostgresInstall.BinFolder is not null || SharedServer.IsRequired, PostgresInstall.Missing);
        var cluster = await PostgresCluster.CreateAsync(cancellationToken: Token);
        var rig = new FaultRig(cluster, new TcpProxy(cluster.Port), writeTimeout);
        await rig._host.StartAsync(Token);
        await rig._host.Services.GetRequiredService<PostgresDatabase>().Ready.WaitAsync(Token);
        await rig.Feed.BeginAsync(Token);
        return rig;
    }

    /// <summary>The server process of a connection through the proxy.</summary>
    public async Task<int> BackendAsync(ProxyLink link)
    {
        var pid = await Cluster.PsqlAsync($"SELECT pid FROM pg_stat_activity WHERE client_port = {link.ServerSidePort}", cancellationToken: Token);
        return int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture);
    }

    public Task WhenFailingAsync() => Task.WhenAny(Logs.WhenAsync(CannotWrite, 1, Token), Logs.WhenAsync(NoAnswerInTime, 1, Token));

    /// <summary>Ends the feed, lets the pipeline drain, and holds its ledger and the table against what the feed yielded.</summary>
    public async Task FinishAsync()
    {
        Feed.Finish();
        await _host.StopAsync(Token);
        var pipeline = _host.Services.GetRequiredService<IIngestionControl>().GetPipeline();
        var (provider, sink) = (Assert.Single(pipeline.Providers), Assert.Single(pipeline.Sinks));
        var yielded = Feed.Yielded;
        Assert.Equal((yielded, 0, 0, yielded, 0), (provider.Fetched, provider.Rejected, provider.Deduplicated, provider.Dispatched, provider.Lost));
        Assert.Equal((yielded, 0, 0), (sink.Offered, sink.Lost, sink.Buffered));
        Assert.Equal(sink.Offered, sink.Written + sink.Duplicate + sink.Corrected + sink.DeadLettered);

        // Nothing is offered under one key twice, so every price is one row, and was counted written, unless it was answered as a duplicate of itself.
        var rows = await Cluster.PsqlAsync("SELECT count(*), count(DISTINCT price), min(price), max(price) FROM tracera.tick", cancellationToken: Token);
        Assert.Equal($"{yielded}|{yielded}|1|{yielded}", rows.Trim());
        Assert.Equal((yielded, 0, 0, 0), (sink.Written, sink.Duplicate, sink.Corrected, sink.DeadLettered));
        TestContext.Current.TestOutputHelper?.WriteLine($"{yielded} offered, {sink.Written} written; the sink failed {Failures} times.");
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync(CancellationToken.None);
        _host.Dispose();
        Proxy.Dispose();
        await Cluster.DisposeAsync();
    }

    private IHost Build(TimeSpan writeTimeout)
    {
        var builder = new HostApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Configuration.AddInMemoryCollection([new("ConnectionStrings:Postgres", Cluster.ConnectionString(port: Proxy.Port) + ";Maximum Pool Size=20")]);
        builder.Logging.AddProvider(Logs);
        builder.Services.Configure<TraceraOptions>(options => options.DrainTimeout = TimeSpan.FromSeconds(60));
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(90));
        builder.Services.Configure<SinkOptions>(TraceraBuilderPostgresExtensions.StoreName, options =>
        {
            options.WriteTimeout = writeTimeout;
            options.MinimumBackoff = TimeSpan.FromMilliseconds(20);
            options.MaximumBackoff = TimeSpan.FromMilliseconds(500);
        });
        builder.Services.AddTracera().AddIngestion().AddPostgres()
            .AddProvider(new ProviderRegistration("feed", _ => Feed, options => options.ProgressTimeout = TimeSpan.FromMinutes(10)));
        return builder.Build();
    }
}
