using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the accounting: ids 2050 to 2079.</summary>
internal static partial class TrackerLog
{
    [LoggerMessage(EventId = 2050, Message = "Run {Run} completed.")]
    public static partial void Completed(ILogger logger, LogLevel level, RunId run);

    [LoggerMessage(2051, LogLevel.Error, "{Count} prices of {Provider} in run {Run} are lost: {Reason}")]
    public static partial void Lost(ILogger logger, int count, string provider, RunId run, string reason);

    [LoggerMessage(2052, LogLevel.Warning, "Run {Run} failed: {Error}")]
    public static partial void Failed(ILogger logger, RunId run, string error);
}
