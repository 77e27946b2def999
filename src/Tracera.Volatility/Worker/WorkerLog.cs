using Microsoft.Extensions.Logging;

namespace Tracera.Volatility.Worker;

/// <summary>The events of the worker: ids 4000 to 4099.</summary>
internal static partial class WorkerLog
{
    [LoggerMessage(4000, LogLevel.Information, "Volatility has warmed up: {Series} series in {Milliseconds} ms.")]
    public static partial void WarmedUp(ILogger logger, int series, double milliseconds);

    [LoggerMessage(4001, LogLevel.Information, "Volatility is switched off in this host.")]
    public static partial void SwitchedOff(ILogger logger);

    [LoggerMessage(4002, LogLevel.Warning, "Volatility cannot read the store or write the cache; it tries again until it can.")]
    public static partial void PassFailed(ILogger logger, Exception? fault);

    [LoggerMessage(4003, LogLevel.Information, "Volatility works again after {Failures} failed attempts.")]
    public static partial void Recovered(ILogger logger, int failures);

    [LoggerMessage(4004, LogLevel.Debug, "A volatility pass took {Milliseconds} ms: {Changed} series changed, {Windows} windows were computed.")]
    public static partial void PassEnded(ILogger logger, double milliseconds, int changed, int windows);

    [LoggerMessage(4005, LogLevel.Warning, "There is no room for {Refused} more series; raise Tracera:Volatility:MaxSeries above {MaxSeries} to have their figures.")]
    public static partial void SeriesRefused(ILogger logger, int refused, int maxSeries);
}
