namespace Tracera;

/// <summary>A metric as it was registered.</summary>
/// <param name="Factory">Makes the metric, or gives the one that was made; called at start, and by whoever lists the figures of an app.</param>
public sealed record MetricRegistration(Func<IServiceProvider, IVolatilityMetric> Factory);
