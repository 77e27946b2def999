using System.Collections.Immutable;

namespace Tracera.Volatility.Engine;

/// <summary>The metrics of a host, made once from their registrations, and the names of all their figures.</summary>
internal sealed class MetricSet
{
    public MetricSet(IEnumerable<MetricRegistration> registrations, IServiceProvider services)
    {
        Metrics = [.. registrations.Select(registration => registration.Factory(services))];
        Fields = [.. Metrics.SelectMany(metric => metric.Fields)];
    }

    /// <summary>The metrics, in the order of registration.</summary>
    public ImmutableArray<IVolatilityMetric> Metrics { get; }

    /// <summary>The names of the figures, in the order of the metrics; one list shared by all snapshots.</summary>
    public string[] Fields { get; }
}
