using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Realtime;
using Tracera.Realtime.Connections;
using Tracera.Realtime.Hub;
using Tracera.Realtime.Relay;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the hub.</summary>
public static class TraceraBuilderRealtimeExtensions
{
    /// <summary>Adds the WebSocket hub, which <c>MapTraceraHub</c> gives an address.</summary>
    /// <remarks>
    /// Needs an <see cref="IUpdateSource"/>, an <see cref="ISnapshotReader"/> and an <see cref="IItemCatalog"/> among the services. Options are read from
    /// <c>Tracera:Realtime</c>. May be called more than once.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; configuration overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddRealtime(this ITraceraBuilder builder, Action<RealtimeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        var options = services.AddOptions<RealtimeOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<RealtimeOptions>, RealtimeOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<RealtimeOptions>, RealtimeOptionsValidator>());
        services.TryAddSingleton<RealtimeMeters>();
        services.TryAddSingleton<SourceNames>();
        services.TryAddSingleton<SnapshotLoader>();
        services.TryAddSingleton<SubscriptionIndex>();
        services.TryAddSingleton<UpdateRelay>();
        services.TryAddSingleton<KnownItems>();
        services.TryAddSingleton<SubscriptionDesk>();
        services.TryAddSingleton<ConnectionRegistry>();
        services.TryAddSingleton<ILiveClients>(static provider => provider.GetRequiredService<ConnectionRegistry>());
        services.TryAddSingleton<ConnectionFactory>();
        services.TryAddSingleton<OriginPolicy>();
        services.TryAddSingleton<HubEndpoint>();
        services.TryAddSingleton<HubComponent>();
        return builder.AddComponent<HubComponent>("realtime", Stages.Clients);
    }
}
