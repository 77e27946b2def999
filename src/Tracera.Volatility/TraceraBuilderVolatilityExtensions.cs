using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tracera;
using Tracera.Volatility;
using Tracera.Volatility.Cache;
using Tracera.Volatility.Configuration;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Figures;
using Tracera.Volatility.Metrics.Bollinger;
using Tracera.Volatility.Metrics.Cov;
using Tracera.Volatility.Metrics.EwmaVol;
using Tracera.Volatility.Metrics.LogReturnVol;
using Tracera.Volatility.Metrics.PercentChange;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Metrics.Trend;
using Tracera.Volatility.Metrics.VolatilityScore;
using Tracera.Volatility.Streaming;
using Tracera.Volatility.Telemetry;
using Tracera.Volatility.Worker;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds volatility.</summary>
public static class TraceraBuilderVolatilityExtensions
{
    private const string ComponentName = "volatility";

    /// <summary>Adds the metrics, the worker that keeps their figures up to date from the store, and an in-process <see cref="IVolatilityCache"/> where there is none.</summary>
    /// <remarks>
    /// Needs an <see cref="IPriceHistory"/>. Figures that changed go to the <see cref="IUpdatePublisher"/> where there is one. More metrics are added with
    /// <c>AddMetric</c>, before or after; two metrics with a figure of one name are refused at start.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; <c>Tracera:Volatility</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddVolatility(this ITraceraBuilder builder, Action<VolatilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        AddOptions(builder.Services, configure);
        AddParts(builder.Services);
        return builder
            .AddMetric<StdDevMetric>()
            .AddMetric<BollingerMetric>()
            .AddMetric<PercentChangeMetric>()
            .AddMetric<CovMetric>()
            .AddMetric<TrendMetric>()
            .AddMetric<LogReturnVolMetric>()
            .AddMetric<EwmaVolMetric>()
            .AddMetric<VolatilityScoreMetric>()
            .AddComponent<VolatilityWorker>(ComponentName, Stages.Analytics)
            .AddReadinessCheck<VolatilityHealthCheck>(ComponentName);
    }

    /// <summary>Adds volatility that is computed from the ticks as they pass: <see cref="AddVolatility"/> with <see cref="VolatilityOptions.Mode"/> streaming, and the sink <c>volatility</c>.</summary>
    /// <remarks>
    /// Right where every tick of a series passes through this host. The memory is filled from the store at start, and again for a series whose ticks come late, twice or corrected, so that figures
    /// always equal those computed from the stored ticks. May be called more than once; <c>Tracera:Volatility:Mode</c> can still choose the worker.
    /// </remarks>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Sets options in code; <c>Tracera:Volatility</c> overrides them.</param>
    /// <returns>The builder.</returns>
    public static ITraceraBuilder AddStreamingVolatility(this ITraceraBuilder builder, Action<VolatilityOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.AddVolatility(options =>
        {
            options.Mode = VolatilityMode.Streaming;
            configure?.Invoke(options);
        });
        if (builder.Services.Any(service => service.ServiceType == typeof(VolatilitySink)))
        {
            return builder;
        }

        builder.Services.AddSingleton<StreamingMark>();
        builder.Services.AddSingleton<VolatilitySink>();
        builder.Services.AddSingleton<IBackfillObserver>(static services => services.GetRequiredService<VolatilitySink>());
        return builder.AddSink(new SinkRegistration(VolatilitySink.Name, static services => services.GetRequiredService<VolatilitySink>()));
    }

    private static void AddOptions(IServiceCollection services, Action<VolatilityOptions>? configure)
    {
        var options = services.AddOptions<VolatilityOptions>().ValidateOnStart();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<VolatilityOptions>, VolatilityOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<VolatilityOptions>, VolatilityOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TraceraOptions>, MetricFieldsValidator>());
    }

    private static void AddParts(IServiceCollection services)
    {
        services.TryAddSingleton<VolatilityMeter>();
        services.TryAddSingleton<MetricSet>();
        services.TryAddSingleton<FigureWriter>();
        services.TryAddSingleton<VolatilityEngine>();
        services.TryAddSingleton<SeriesBook>();
        services.TryAddSingleton<FigureOutlet>();
        services.TryAddSingleton<StoreFigures>();
        services.TryAddSingleton<VolatilityPass>();
        services.TryAddSingleton<StreamBook>();
        services.TryAddSingleton<SeriesFiller>();
        services.TryAddSingleton<StreamFigures>();
        services.TryAddSingleton<StreamComparison>();
        services.TryAddSingleton<StreamPass>();
        services.TryAddSingleton<IVolatilityPass>(static services =>
            services.GetRequiredService<IOptions<VolatilityOptions>>().Value.Mode == VolatilityMode.Streaming
                ? services.GetRequiredService<StreamPass>()
                : services.GetRequiredService<VolatilityPass>());
        services.TryAddSingleton<WorkerState>();
        services.TryAddSingleton<VolatilityWorker>();
        services.TryAddSingleton<VolatilityHealthCheck>();
        services.TryAddSingleton<IVolatilityCache, InProcessVolatilityCache>();
    }
}
