using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Postgres;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the store in PostgreSQL or TimescaleDB.</summary>
public static class TraceraBuilderPostgresExtensions
{
    /// <summary>The name of the durable sink and of the readiness check.</summary>
    public const string StoreName = StoreNames.Store;

    /// <summary>Adds the durable store in a PostgreSQL database, 15 or later, with or without TimescaleDB: sink, catalogue, history, runs, leases and dead letters.</summary>
    /// <remarks>
    /// It uses the app's registered <c>NpgsqlDataSource</c> (or a keyed one) and never disposes it; without one it makes its own from <c>ConnectionStrings:Postgres</c>.
    /// A server that is away does not stop the start: readiness says so, and the store opens by itself when the server is back.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; <c>Tracera:Postgres</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddPostgres(this ITraceraBuilder builder, Action<PostgresOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOptions(builder.Services, configure);
        if (builder.Services.Any(static service => service.ServiceType == typeof(PostgresDatabase)))
        {
            return builder;
        }

        AddParts(builder.Services);
        return builder
            .AddSink(new SinkRegistration(StoreName, static services => services.GetRequiredService<PostgresPriceSink>(), IsDurable: true))
            .AddComponent<StoreComponent>("postgres", Stages.Store)
            .AddLevels()
            .AddReadinessCheck<StoreReadiness>(StoreName);
    }

    /// <summary>Adds scripts of the app's own, which are applied after Tracera's in the same way.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="set">The scripts; a name that was added is not added again.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddPostgresMigrations(this ITraceraBuilder builder, PostgresMigrationSet set)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(set);
        if (!builder.Services.Any(service => service.ImplementationInstance is PostgresMigrationSet known && known.Name == set.Name))
        {
            builder.Services.AddSingleton(set);
        }

        return builder;
    }

    private static void AddOptions(IServiceCollection services, Action<PostgresOptions>? configure)
    {
        var options = services.AddOptions<PostgresOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<PostgresOptions>, PostgresOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<PostgresOptions>, PostgresOptionsValidator>());
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<PostgresSource>();
        services.AddSingleton<PostgresDatabase>();
        services.AddSingleton<SchemaMigrator>();
        services.AddSingleton<StoreComponent>();
        services.AddSingleton<StoreReadiness>();
        services.AddSingleton<PostgresMeter>();
        services.AddSingleton<TickPartitions>();
        services.AddSingleton<PostgresPriceSink>();
        services.TryAddSingleton<IItemCatalog, PostgresItemCatalog>();
        services.TryAddSingleton<IItemAliasStore, PostgresItemAliases>();
        services.TryAddSingleton<IRunLog, PostgresRunLog>();
        services.TryAddSingleton<IProviderLeases, PostgresProviderLeases>();
        services.TryAddSingleton<IDeadLetterLog, PostgresDeadLetterLog>();
    }
}
