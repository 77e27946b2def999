using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Ingestion;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds live updates inside this process.</summary>
public static class TraceraBuilderInProcessUpdatesExtensions
{
    /// <summary>Keeps the latest prices in memory and hands every change to whoever subscribes in this process: no server is needed.</summary>
    /// <remarks>
    /// Registers the sink <c>live</c>, <see cref="IUpdateSource"/>, <see cref="IUpdatePublisher"/> and <see cref="ISnapshotReader"/>, unless the app has others already.
    /// The memory is filled from the store in the background at start. May be called more than once.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; the section <c>Tracera:InProcessUpdates</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddInProcessUpdates(this ITraceraBuilder builder, Action<InProcessUpdatesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (configure is not null)
        {
            services.Configure(configure);
        }

        if (services.Any(service => service.ServiceType == typeof(LiveBus)))
        {
            return builder;
        }

        AddOptions(services);
        services.AddSingleton<LiveMeters>();
        services.AddSingleton<LiveBus>();
        services.AddSingleton<LiveSink>();
        services.AddSingleton(static services => new WarmStart(
            services.GetRequiredService<LiveBus>(),
            services.GetService<IPriceHistory>(),
            services.GetRequiredService<IOptions<InProcessUpdatesOptions>>(),
            services.GetRequiredService<IOptions<IngestionOptions>>(),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<WarmStart>>()));
        services.TryAddSingleton<IUpdateSource>(static services => services.GetRequiredService<LiveBus>());
        services.TryAddSingleton<IUpdatePublisher>(static services => services.GetRequiredService<LiveBus>());
        services.TryAddSingleton<ISnapshotReader>(static services => new LiveSnapshotReader(
            services.GetRequiredService<LiveBus>(),
            services.GetRequiredService<WarmStart>(),
            services.GetService<IPriceHistory>(),
            services.GetService<IVolatilityCache>(),
            services.GetRequiredService<TimeProvider>()));
        return builder
            .AddComponent<WarmStart>(LiveSink.Name, Stages.Bus)
            .AddSink(new SinkRegistration(
                LiveSink.Name,
                static services => services.GetRequiredService<LiveSink>(),
                Configure: static options => options.Overflow = SinkOverflow.Conflate));
    }

    private static void AddOptions(IServiceCollection services)
    {
        services.AddOptions<InProcessUpdatesOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<InProcessUpdatesOptions>, InProcessUpdatesOptionsSetup>());
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<InProcessUpdatesOptions>, InProcessUpdatesOptionsValidator>());
    }
}
