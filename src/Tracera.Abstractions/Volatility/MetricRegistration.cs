namespace Tracera;

/// <summary>A metric as it was registered.</summary>
/// <param name="Factory">Makes the metric; called once, at start.</param>
public sealed record MetricRegistration(Func<IServiceProvider, IVolatilityMetric> Factory);
