using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Sqlite;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the embedded store.</summary>
public static class TraceraBuilderSqliteExtensions
{
    /// <summary>The name of the durable sink and of the readiness check.</summary>
    public const string StoreName = "store";

    /// <summary>Adds the durable store in one SQLite file: sink, catalogue, history, runs, leases and dead letters. No server is needed.</summary>
    /// <remarks>The folder belongs to one process at a time; a second one stops at its start with a fault that names the folder.</remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; <c>Tracera:Sqlite</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddSqlite(this ITraceraBuilder builder, Action<SqliteOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOptions(builder.Services, configure);
        if (builder.Services.Any(static service => service.ServiceType == typeof(SqliteDatabase)))
        {
            return builder;
        }

        AddParts(builder.Services);
        return builder
            .AddSink(new SinkRegistration(StoreName, static services => services.GetRequiredService<SqlitePriceSink>(), IsDurable: true))
            .AddComponent<StoreComponent>("sqlite", Stages.Store)
            .AddReadinessCheck<StoreReadiness>(StoreName);
    }

    private static void AddOptions(IServiceCollection services, Action<SqliteOptions>? configure)
    {
        var options = services.AddOptions<SqliteOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SqliteOptions>, SqliteOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SqliteOptions>, SqliteOptionsValidator>());
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<StoreFiles>();
        services.AddSingleton<SqliteMeter>();
        services.AddSingleton<SqliteDatabase>();
        services.AddSingleton<LogKeeper>();
        services.AddSingleton<RoomMaker>();
        services.AddSingleton<RetentionPass>();
        services.AddSingleton<StoreComponent>();
        services.AddSingleton<StoreReadiness>();
        services.AddSingleton<SqlitePriceSink>();
        services.TryAddSingleton<IItemCatalog, SqliteItemCatalog>();
        services.TryAddSingleton<IItemAliasStore, SqliteItemAliases>();
        services.TryAddSingleton<IPriceHistory, SqlitePriceHistory>();
        services.TryAddSingleton<IRunLog, SqliteRunLog>();
        services.TryAddSingleton<IProviderLeases, SqliteProviderLeases>();
        services.TryAddSingleton<IBackfillCursors, SqliteBackfillCursors>();
        services.TryAddSingleton<IDeadLetterLog, SqliteDeadLetterLog>();
    }
}
