using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace Tracera.Postgres.Tests;

/// <summary>A store in a schema of its own, which can be closed and opened again; the schema is gone afterwards.</summary>
internal sealed class TestStore : IAsyncDisposable
{
    private readonly Action<PostgresOptions>? _configure;
    private readonly Action<ITraceraBuilder>? _build;
    private bool _drops;
    private ServiceProvider _services;

    private TestStore(string connectionString, string? schema, TimeProvider time, Action<PostgresOptions>? configure, Action<ITraceraBuilder>? build)
    {
        ConnectionString = connectionString;
        Schema = schema ?? $"t_{Guid.NewGuid():N}";
        Time = time;
        (_configure, _build) = (configure, build);
        _services = Build();
    }

    public string ConnectionString { get; }

    public string Schema { get; }

    public TimeProvider Time { get; }

    public IServiceProvider Services => _services;

    public IPriceSink Sink => _services.GetRequiredService<PostgresPriceSink>();

    public IPriceHistory History => _services.GetRequiredService<IPriceHistory>();

    public LevelRoller Roller => _services.GetRequiredService<LevelRoller>();

    public IItemCatalog Catalog => _services.GetRequiredService<IItemCatalog>();

    public IRunLog Runs => _services.GetRequiredService<IRunLog>();

    public IProviderLeases Leases => _services.GetRequiredService<IProviderLeases>();

    public IItemAliasStore Aliases => _services.GetRequiredService<IItemAliasStore>();

    public IDeadLetterLog DeadLetters => _services.GetRequiredService<IDeadLetterLog>();

    public PostgresDatabase Database => _services.GetRequiredService<PostgresDatabase>();

    public static async Task<TestStore> OpenAsync(
        StoreKind kind = StoreKind.Plain,
        Action<PostgresOptions>? configure = null,
        string? schema = null,
        TimeProvider? time = null,
        string? connectionString = null,
        Action<ITraceraBuilder>? build = null,
        bool drops = true)
    {
        var store = new TestStore(connectionString ?? SharedServer.ConnectionString(kind), schema, time ?? TimeProvider.System, configure, build) { _drops = drops };
        await store.StartAsync();
        return store;
    }

    public async Task ReopenAsync()
    {
        await CloseAsync();
        _services = Build();
        await StartAsync();
    }

    public async Task CloseAsync()
    {
        foreach (var component in Components().Reverse())
        {
            await component.StopAsync(CancellationToken.None);
        }

        await _services.DisposeAsync();
    }

    public Task<HealthCheckResult> CheckAsync() =>
        _services.GetRequiredService<StoreReadiness>().CheckHealthAsync(new HealthCheckContext(), TestContext.Current.CancellationToken);

    /// <summary>Runs SQL beside the store, with <c>{schema}</c> put in, and gives the first value.</summary>
    public async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql.Replace("{schema}", Schema, StringComparison.Ordinal), connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Reads every tick beside the store, in the order of the key.</summary>
    public async Task<List<PriceTick>> TicksAsync()
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return await connection.QueryAsync(
            $"SELECT item_id, source_id, price, volume, observed_at, received_at FROM {Schema}.tick ORDER BY observed_at, item_id, source_id",
            static row => new PriceTick(
                new ItemId(row.GetInt32(0)),
                new SourceId(row.GetInt32(1)),
                row.GetDecimal(2),
                row[3] as decimal?,
                UnixTime.ToMicroseconds(row.Instant(4)),
                UnixTime.ToMicroseconds(row.Instant(5))),
            TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        if (!_drops)
        {
            return;
        }

        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand($"DROP SCHEMA IF EXISTS {Schema} CASCADE", connection);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    private IEnumerable<ITraceraComponent> Components() => _services.GetServices<ComponentRegistration>()
        .Where(registration => registration.Stage == Stages.Store)
        .Select(registration => registration.Factory(_services));

    private async Task StartAsync()
    {
        foreach (var component in Components())
        {
            await component.StartAsync(TestContext.Current.CancellationToken);
        }

        await _services.GetRequiredService<StoreComponent>().FirstAttempt.WaitAsync(TestContext.Current.CancellationToken);
    }

    private ServiceProvider Build()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(Time);
        var builder = services.AddLogging().AddMetrics().AddTracera().AddPostgres(options =>
        {
            options.ConnectionString = ConnectionString;
            options.Schema = Schema;
            _configure?.Invoke(options);
        });
        _build?.Invoke(builder);
        return services.BuildServiceProvider();
    }
}
