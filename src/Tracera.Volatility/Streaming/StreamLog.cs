using Microsoft.Extensions.Logging;

namespace Tracera.Volatility.Streaming;

/// <summary>The events of streaming: ids 4400 to 4499.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(4400, LogLevel.Warning, "Of {Compared} streamed windows {Mismatches} differed from the store, first {Window} of item {Item}, source {Source}; their series are read again.")]
    public static partial void Mismatched(ILogger logger, int compared, int mismatches, string window, int item, int source);

    [LoggerMessage(4401, LogLevel.Debug, "All {Compared} streamed windows of the sample agree with the store.")]
    public static partial void Agreed(ILogger logger, int compared);

    [LoggerMessage(4402, LogLevel.Information, "A metric of this app looks at whole bars, so changed series are computed from the store, as the worker does.")]
    public static partial void BarsNeeded(ILogger logger);
}
