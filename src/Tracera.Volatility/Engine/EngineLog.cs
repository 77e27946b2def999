using Microsoft.Extensions.Logging;

namespace Tracera.Volatility.Engine;

/// <summary>The events of the engine: ids 4100 to 4199.</summary>
internal static partial class EngineLog
{
    [LoggerMessage(4100, LogLevel.Error, "The metric {Metric} threw on item {Item}, source {Source}, window {Window}; its figures are null there. Later faults of it are only counted.")]
    public static partial void MetricFaulted(ILogger logger, Exception fault, string metric, int item, int source, string window);
}
