using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Providers;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the simulated market.</summary>
public static class TraceraBuilderSimulatedExtensions
{
    /// <summary>Adds a seeded market of items that do not exist: category <c>sim:market</c>, source <c>simulated</c>, last trades in USD with traded volumes.</summary>
    /// <remarks>
    /// Prices are a function of seed, item and time: geometric motion with changing volatility, items that fall silent, and bursts of several trades with
    /// times of their own. Configured under <c>Tracera:Providers:&lt;name&gt;</c>: <see cref="ProviderOptions"/> and <see cref="SimulatedOptions"/>. Also answers for the past, with one
    /// price a minute. Polled every 2 s without jitter unless something else is set.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="name">The provider's name; one that is used twice is refused at start.</param>
    /// <param name="configure">Sets the market's options; configuration overrides them.</param>
    /// <param name="polling">Sets how it is polled; configuration overrides it.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddSimulated(
        this ITraceraBuilder builder,
        string name = "simulated",
        Action<SimulatedOptions>? configure = null,
        Action<ProviderOptions>? polling = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddProvider(new ProviderRegistration(
            name,
            services => new SimulatedProvider(services.GetRequiredService<IOptionsMonitor<SimulatedOptions>>().Get(name)),
            options =>
            {
                options.Interval = SimulatedOptions.DefaultInterval;
                options.Jitter = 0;
                polling?.Invoke(options);
            }));
        var options = builder.Services.AddOptions<SimulatedOptions>(name).ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SimulatedOptions>, SimulatedOptionsSetup>());
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SimulatedOptions>, SimulatedOptionsValidator>());
        return builder;
    }
}
