using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the accounting: ids 2050 to 2099.</summary>
internal static partial class TrackerLog
{
    [LoggerMessage(2050, LogLevel.Information, "Run {Run} ended {State}. {Error}")]
    public static partial void Ended(ILogger logger, RunId run, RunState state, string? error);

    [LoggerMessage(2051, LogLevel.Error, "{Count} prices of {Provider} in run {Run} are lost: {Reason}")]
    public static partial void Lost(ILogger logger, int count, string provider, RunId run, string reason);
}
