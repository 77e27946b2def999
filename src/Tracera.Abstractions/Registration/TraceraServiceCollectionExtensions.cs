using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Lifecycle;
using Tracera.Live;
using Tracera.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Where Tracera enters an app.</summary>
public static class TraceraServiceCollectionExtensions
{
    /// <summary>Adds Tracera's life-cycle and <see cref="IPrices"/>, and returns the builder on which packages and plug-ins are added.</summary>
    /// <remarks>
    /// May be called more than once; one service provider holds one Tracera. It runs in a generic host, which brings logging and meters; options are read from the
    /// app's <c>Tracera</c> configuration section where there is one.
    /// </remarks>
    /// <param name="services">The app's services.</param>
    /// <param name="configure">Sets options in code; configuration overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddTracera(this IServiceCollection services, Action<TraceraOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<TraceraOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPrices, Prices>();
        services.TryAddSingleton<LifecycleEnd>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<TraceraOptions>, TraceraOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TraceraOptions>, TraceraOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TraceraLifecycle>());
        return new TraceraBuilder(services);
    }
}
