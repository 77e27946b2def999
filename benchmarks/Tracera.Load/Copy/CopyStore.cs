using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Postgres;
using Tracera.TestServers;

namespace Tracera.Load;

/// <summary>A contender's own schema with the product's tables, and the product's writers on it.</summary>
internal sealed class CopyStore : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly PostgresCluster _cluster;
    private readonly string _schema;

    private CopyStore(PostgresCluster cluster, string schema, ServiceProvider services) => (_cluster, _schema, _services) = (cluster, schema, services);

    public string Table => $"{_schema}.tick";

    public IPriceSink Sink => _services.GetRequiredService<PostgresPriceSink>();

    public static async Task<CopyStore> OpenAsync(PostgresCluster cluster, string schema, CancellationToken cancellationToken)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddLogging().AddMetrics().AddTracera().AddPostgres(options =>
        {
            options.ConnectionString = cluster.ConnectionString();
            options.Schema = schema;
            options.RollInterval = TimeSpan.FromHours(1);
        });
        var provider = services.BuildServiceProvider();
        await provider.GetRequiredService<StoreComponent>().StartAsync(cancellationToken);
        await provider.GetRequiredService<PostgresDatabase>().Ready.WaitAsync(cancellationToken);
        return new CopyStore(cluster, schema, provider);
    }

    public Task<WriterSession> SessionAsync(CancellationToken cancellationToken)
    {
        var database = _services.GetRequiredService<PostgresDatabase>();
        return WriterSession.OpenAsync(database, new WriterSql(database), TimeSpan.FromMinutes(1), cancellationToken);
    }

    /// <summary>Empties the tables and settles the server, so that every round begins alike.</summary>
    public async Task ClearAsync(PriceTick[][] batches, CancellationToken cancellationToken)
    {
        var last = batches[^1][0].ObservedAt;
        await _cluster.PsqlAsync(
            $"TRUNCATE {_schema}.tick, {_schema}.batch, {_schema}.dirty; SELECT {_schema}.ensure_tick_partitions('{batches[0][0].ObservedAt:O}', '{last:O}')",
            cancellationToken: cancellationToken);
        await _cluster.PsqlAsync("CHECKPOINT", cancellationToken: cancellationToken);
    }

    public async Task CheckAsync(long rows, string what, CancellationToken cancellationToken)
    {
        var count = await _cluster.PsqlAsync($"SELECT count(*) FROM {_schema}.tick", cancellationToken: cancellationToken);
        WrongCountException.ThrowUnless(rows, long.Parse(count, System.Globalization.CultureInfo.InvariantCulture), $"Rows of {what}");
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
