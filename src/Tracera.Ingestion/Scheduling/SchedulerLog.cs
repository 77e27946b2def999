using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the scheduler: ids 2100 to 2149.</summary>
internal static partial class SchedulerLog
{
    [LoggerMessage(EventId = 2100, Message = "Run {Run} ({Trigger}) asks {Providers}.")]
    public static partial void Started(ILogger logger, LogLevel level, RunId run, RunTrigger trigger, string providers);

    [LoggerMessage(2101, LogLevel.Error, "No run is started: {Count} changes of runs wait for the store, which is all that may.")]
    public static partial void JournalFull(ILogger logger, int count);

    [LoggerMessage(2103, LogLevel.Warning, "The clock was put back by {Span}; what is polled next comes earlier by as much.")]
    public static partial void ClockPutBack(ILogger logger, TimeSpan span);

    [LoggerMessage(2102, LogLevel.Error, "A run ended unexpectedly.")]
    public static partial void Broken(ILogger logger, Exception? exception);

    [LoggerMessage(2105, LogLevel.Error, "{Provider} could not be asked in run {Run}; it is tried again as after any failure.")]
    public static partial void NotRun(ILogger logger, Exception? exception, string provider, RunId run);

    [LoggerMessage(2104, LogLevel.Error, "The provider {Provider} could not be made and is not asked; the others are. The host must be started anew once that is mended.")]
    public static partial void NotMade(ILogger logger, Exception? exception, string provider);
}
