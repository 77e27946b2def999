using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the runners: ids 2200 to 2249.</summary>
internal static partial class RunnerLog
{
    [LoggerMessage(EventId = 2200, Message = "The cycle of {Provider} in run {Run} failed ({Failure}): {Error}")]
    public static partial void Failed(
        ILogger logger, LogLevel level, Exception? exception, string provider, RunId run, ProviderFailure failure, string error);

    [LoggerMessage(2201, LogLevel.Error, "The cycle of {Provider} in run {Run} ignores its cancellation and is left behind; {Count} of this provider are.")]
    public static partial void LeftBehind(ILogger logger, string provider, RunId run, int count);

    [LoggerMessage(EventId = 2202, Message = "{Provider} rejected '{Name}': {Reason}.")]
    public static partial void Rejected(ILogger logger, LogLevel level, string provider, string name, string reason);

    [LoggerMessage(2203, LogLevel.Information, "A cycle of {Provider} that was left behind has ended.")]
    public static partial void CameBack(ILogger logger, string provider);

    [LoggerMessage(2204, LogLevel.Warning, "{Provider} blocks its thread in run {Run}: the call it was given has not returned for {Span}.")]
    public static partial void Blocked(ILogger logger, string provider, RunId run, TimeSpan span);

    [LoggerMessage(EventId = 2205, Message = "{Provider} rejected '{Name}': {Reason}. {Sample}")]
    public static partial void RejectedSample(ILogger logger, LogLevel level, string provider, string name, string reason, string sample);
}
