using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Tracera;
using Tracera.Registration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds plug-ins.</summary>
public static class TraceraBuilderPluginExtensions
{
    /// <summary>Adds a provider under a name; the same type may be added under several.</summary>
    /// <typeparam name="TProvider">An <see cref="IPriceProvider"/> or <see cref="IStreamingPriceProvider"/>; its constructor's parameters come from the services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">1 to 64 letters, digits, <c>_</c>, <c>-</c>, <c>.</c>; a name that is used twice is refused at start.</param>
    /// <param name="configure">Sets defaults; <c>Tracera:Providers:&lt;name&gt;</c> overrides them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>(
        this ITraceraBuilder builder, string name, Action<ProviderOptions>? configure = null)
        where TProvider : class =>
        builder.AddProvider(new ProviderRegistration(name, static services => ActivatorUtilities.CreateInstance<TProvider>(services), configure));

    /// <summary>Adds a provider by its registration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="registration">Name, factory and defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddProvider(this ITraceraBuilder builder, ProviderRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(registration);
        RegistrationNames.ThrowIfBad(registration.Name);
        var options = builder.Services.AddOptions<ProviderOptions>(registration.Name).ValidateOnStart();
        if (registration.Configure is { } configure)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton(registration);
        return builder;
    }

    /// <summary>Adds a sink under a name.</summary>
    /// <typeparam name="TSink">The sink; its constructor's parameters come from the services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">1 to 64 letters, digits, <c>_</c>, <c>-</c>, <c>.</c>; a name that is used twice is refused at start.</param>
    /// <param name="configure">Sets defaults; <c>Tracera:Sinks:&lt;name&gt;</c> overrides them.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddSink<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSink>(
        this ITraceraBuilder builder, string name, Action<SinkOptions>? configure = null)
        where TSink : class, IPriceSink =>
        builder.AddSink(new SinkRegistration(name, static services => ActivatorUtilities.CreateInstance<TSink>(services), Configure: configure));

    /// <summary>Adds a sink by its registration.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="registration">Name, factory, durability and defaults.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentException">The name is not allowed.</exception>
    public static ITraceraBuilder AddSink(this ITraceraBuilder builder, SinkRegistration registration)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(registration);
        RegistrationNames.ThrowIfBad(registration.Name);
        var options = builder.Services.AddOptions<SinkOptions>(registration.Name).ValidateOnStart();
        if (registration.Configure is { } configure)
        {
            options.Configure(configure);
        }

        builder.Services.AddSingleton(registration);
        return builder;
    }

    /// <summary>Adds a metric, which then appears wherever figures are shown.</summary>
    /// <typeparam name="TMetric">The metric; its constructor's parameters come from the services. A type that was added is not added again.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddMetric<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TMetric>(
        this ITraceraBuilder builder)
        where TMetric : class, IVolatilityMetric
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.Services.Any(service => service.ServiceType == typeof(TMetric)))
        {
            builder.Services.AddSingleton<TMetric>();
            builder.Services.AddSingleton(new MetricRegistration(static services => services.GetRequiredService<TMetric>()));
        }

        return builder;
    }

    /// <summary>Adds a running part to the staged life-cycle. A part of a name that was added is not added again.</summary>
    /// <typeparam name="TComponent">The part, a singleton of the services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Names it in logs.</param>
    /// <param name="stage">When it starts and stops, see <see cref="Stages"/>.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddComponent<TComponent>(this ITraceraBuilder builder, string name, int stage)
        where TComponent : class, ITraceraComponent
    {
        ArgumentNullException.ThrowIfNull(builder);
        RegistrationNames.ThrowIfBad(name);
        if (!builder.Services.Any(service => service.ImplementationInstance is ComponentRegistration known && known.Name == name))
        {
            builder.Services.AddSingleton(
                new ComponentRegistration(name, stage, static services => services.GetRequiredService<TComponent>()));
        }

        return builder;
    }

    /// <summary>Adds a check that readiness depends on. A check of a name that was added is not added again.</summary>
    /// <typeparam name="TCheck">The check, a singleton of the services.</typeparam>
    /// <param name="builder">The builder.</param>
    /// <param name="name">Names it in the answer of the readiness endpoint.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddReadinessCheck<TCheck>(this ITraceraBuilder builder, string name)
        where TCheck : class, IHealthCheck
    {
        ArgumentNullException.ThrowIfNull(builder);
        RegistrationNames.ThrowIfBad(name);
        if (!builder.Services.Any(service => service.ImplementationInstance is HealthCheckRegistration known && known.Name == name))
        {
            builder.Services.AddSingleton(new HealthCheckRegistration(
                name, static services => services.GetRequiredService<TCheck>(), HealthStatus.Unhealthy, [TraceraTelemetry.ReadinessTag]));
        }

        return builder;
    }
}
