using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the in-process updates: ids 2800 to 2899.</summary>
internal static partial class InProcessUpdatesLog
{
    [LoggerMessage(2800, LogLevel.Information, "The latest prices of {Series} series were read from the store.")]
    public static partial void Warm(ILogger logger, int series);

    [LoggerMessage(2801, LogLevel.Warning, "The latest prices could not be read from the store; trying again in {Delay}.")]
    public static partial void WarmFailed(ILogger logger, Exception? exception, TimeSpan delay);

    [LoggerMessage(2802, LogLevel.Warning, "{Section}:MaxSeries of {Limit} is reached: further series are not live and are read from the store.")]
    public static partial void SeriesLimit(ILogger logger, string section, int limit);
}
