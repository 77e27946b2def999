using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Ingestion;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the ingestion.</summary>
public static class TraceraBuilderIngestionExtensions
{
    private const int RunsStage = Stages.Sinks - 10;
    private const int GaugesStage = Stages.Polling + 10;

    /// <summary>Adds the polling of every registered provider and the delivery of its prices to every registered sink.</summary>
    /// <remarks>
    /// Needs a store (an <see cref="IItemCatalog"/>, an <see cref="IRunLog"/>, <see cref="IProviderLeases"/> and exactly one durable sink); the start says what is missing. Brings
    /// <see cref="IIngestionControl"/>, <see cref="IItemAliases"/> and <see cref="IRunTracker"/>, binds <c>Tracera:Ingestion</c>, <c>Tracera:Providers:&lt;name&gt;</c> and <c>Tracera:Sinks:&lt;name&gt;</c>, and refuses sections of
    /// those for names that are not registered. A sink that is not durable conflates when its queue is full unless it is configured to wait. May be called more than once.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; <c>Tracera:Ingestion</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddIngestion(this ITraceraBuilder builder, Action<IngestionOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Services.AddOptions<IngestionOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        AddOptions(builder.Services);
        TraceraBuilderItemAliasesExtensions.AddOptions(builder.Services);
        AddParts(builder.Services);
        return builder
            .AddComponent<RunKeeper>("runs", RunsStage)
            .AddComponent<SinkPumps>("sinks", Stages.Sinks)
            .AddComponent<SinkDispatcher>("dispatcher", Stages.Dispatch)
            .AddComponent<Scheduler>("scheduler", Stages.Polling)
            .AddComponent<PipelineGauges>("gauges", GaugesStage)
            .AddReadinessCheck<PipelineReadiness>("ingestion");
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<IngestionOptions>, IngestionOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngestionOptions>, IngestionOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngestionOptions>, CompositionValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<ProviderOptions>, ProviderOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ProviderOptions>, ProviderOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SinkOptions>, SinkOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SinkOptions>, SinkOptionsValidator>());
        if (!services.Any(service => service.ImplementationType == typeof(SinkOptionsDefaults)))
        {
            // First, so that every other step that configures a sink comes after it.
            services.Insert(0, ServiceDescriptor.Singleton<IConfigureOptions<SinkOptions>, SinkOptionsDefaults>());
        }
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton<IngestChannel>();
        services.TryAddSingleton<RunJournal>();
        services.TryAddSingleton<BackfillBook>();
        services.TryAddSingleton<RunTracker>();
        services.TryAddSingleton<IRunTracker>(static provider => provider.GetRequiredService<RunTracker>());
        services.TryAddSingleton<RunKeeper>();
        services.TryAddSingleton<WriteInstruments>();
        services.TryAddSingleton<LeaseKeeper>();
        services.TryAddSingleton<AliasTable>();
        services.TryAddSingleton<IItemAliases, ItemAliases>();
        services.TryAddSingleton<OwnThreads>();
        services.TryAddSingleton<RunnerFactory>();
        services.TryAddSingleton<RunStarter>();
        services.TryAddSingleton<IProviderProgress>(static provider => provider.GetRequiredService<RunStarter>());
        services.TryAddSingleton<SlotTable>();
        services.TryAddSingleton<AwaitedBatches>();
        services.TryAddSingleton<SinkPumps>();
        services.TryAddSingleton<IDeadLetterReplay, DeadLetterReplay>();
        services.TryAddSingleton<SinkDispatcher>();
        services.TryAddSingleton<Scheduler>();
        services.TryAddSingleton<IngestionControl>();
        services.TryAddSingleton<IIngestionControl>(static provider => provider.GetRequiredService<IngestionControl>());
        services.TryAddSingleton<PipelineGauges>();
        services.TryAddSingleton<PipelineReadiness>();
    }
}
