using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tracera.Testing;

namespace Tracera.Sqlite.Tests;

/// <summary>A store in a file of its own, which can be closed and opened again.</summary>
internal sealed class TestStore : ITestStore
{
    private readonly Action<SqliteOptions>? _configure;
    private readonly bool _ownsFolder;
    private ServiceProvider _services;
    private IPriceSink _sink;

    private TestStore(string? folder, ManualTimeProvider time, Action<SqliteOptions>? configure)
    {
        _ownsFolder = folder is null;
        Folder = folder ?? Directory.CreateTempSubdirectory("tracera-sqlite-").FullName;
        Time = time;
        _configure = configure;
        (_services, _sink) = Build();
    }

    public string Folder { get; }

    public string File => Path.Combine(Folder, SqliteOptions.DefaultFileName);

    public ManualTimeProvider Time { get; }

    public IServiceProvider Services => _services;

    public IPriceSink Sink => _sink;

    public IItemCatalog Catalog => _services.GetRequiredService<IItemCatalog>();

    public IPriceHistory History => _services.GetRequiredService<IPriceHistory>();

    public IRunLog Runs => _services.GetRequiredService<IRunLog>();

    public IProviderLeases Leases => _services.GetRequiredService<IProviderLeases>();

    public IBackfillCursors Backfills => _services.GetRequiredService<IBackfillCursors>();

    public IDeadLetterLog DeadLetters => _services.GetRequiredService<IDeadLetterLog>();

    public static async Task<TestStore> OpenAsync(
        CancellationToken cancellationToken, Action<SqliteOptions>? configure = null, string? folder = null, ManualTimeProvider? time = null)
    {
        var store = new TestStore(folder, time ?? new ManualTimeProvider(), configure);
        try
        {
            await store.Component().StartAsync(cancellationToken);
            return store;
        }
        catch
        {
            await store.DisposeAsync();
            throw;
        }
    }

    public async Task ReopenAsync(CancellationToken cancellationToken)
    {
        await CloseAsync();
        (_services, _sink) = Build();
        await Component().StartAsync(cancellationToken);
    }

    public async Task CloseAsync()
    {
        await Component().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    public Task MaintainAsync(CancellationToken cancellationToken) => _services.GetRequiredService<RetentionPass>().RunAsync(cancellationToken);

    public Task<long?> ScalarAsync(string sql, CancellationToken cancellationToken) =>
        _services.GetRequiredService<SqliteDatabase>().ReadAsync(session => session.Run(sql), cancellationToken);

    public Task<HealthCheckResult> CheckAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<StoreReadiness>().CheckHealthAsync(new HealthCheckContext(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (_ownsFolder)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }

    public ITraceraComponent Component() => _services.GetRequiredService<ComponentRegistration>().Factory(_services);

    private (ServiceProvider Services, IPriceSink Sink) Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton<TimeProvider>(Time);
        services.AddLogging().AddMetrics().AddTracera().AddSqlite(options =>
        {
            options.DataFolder = Folder;
            _configure?.Invoke(options);
        });
        var provider = services.BuildServiceProvider();
        return (provider, provider.GetRequiredService<SinkRegistration>().Factory(provider));
    }
}
