using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Metrics.Bollinger;
using Tracera.Volatility.Metrics.Cov;
using Tracera.Volatility.Metrics.EwmaVol;
using Tracera.Volatility.Metrics.LogReturnVol;
using Tracera.Volatility.Metrics.PercentChange;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Metrics.Trend;
using Tracera.Volatility.Metrics.VolatilityScore;

namespace Tracera.Volatility.Tests.Support;

/// <summary>Makes engines with the metrics that the package registers.</summary>
internal static class TestEngine
{
    public static VolatilityEngine Create(TestMeters meters, VolatilityOptions? options = null, params IVolatilityMetric[] more)
    {
        var wrapped = Options.Create(options ?? new VolatilityOptions());
        var set = Set([.. Metrics(wrapped), .. more]);
        return new VolatilityEngine(set, new FigureWriter(set, wrapped), meters.Volatility, NullLogger<VolatilityEngine>.Instance);
    }

    /// <summary>The metrics that the package registers.</summary>
    public static IVolatilityMetric[] Metrics(IOptions<VolatilityOptions> options) =>
    [
        new StdDevMetric(), new BollingerMetric(options), new PercentChangeMetric(), new CovMetric(), new TrendMetric(), new LogReturnVolMetric(), new EwmaVolMetric(),
        new VolatilityScoreMetric(options),
    ];

    public static MetricSet Set(params IVolatilityMetric[] metrics) =>
        new(metrics.Select(metric => new MetricRegistration(_ => metric)), null!);
}
