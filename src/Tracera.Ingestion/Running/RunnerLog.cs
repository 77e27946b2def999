using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the runners: ids 2200 to 2249.</summary>
internal static partial class RunnerLog
{
    [LoggerMessage(2200, LogLevel.Warning, "The cycle of {Provider} in run {Run} failed ({Failure}): {Error}")]
    public static partial void Failed(ILogger logger, Exception? exception, string provider, RunId run, ProviderFailure failure, string? error);

    [LoggerMessage(2201, LogLevel.Error, "The cycle of {Provider} in run {Run} ignores its cancellation and is left behind; {Count} of this provider are.")]
    public static partial void LeftBehind(ILogger logger, string provider, RunId run, int count);

    [LoggerMessage(2202, LogLevel.Information, "{Provider} rejected '{Name}': {Reason}. {Sample}")]
    public static partial void Rejected(ILogger logger, string provider, string? name, string reason, string? sample);

    [LoggerMessage(2203, LogLevel.Information, "A cycle of {Provider} that was left behind has ended.")]
    public static partial void CameBack(ILogger logger, string provider);
}
