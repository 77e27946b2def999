using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the spools: ids 2600 to 2649.</summary>
internal static partial class SpoolLog
{
    [LoggerMessage(2600, LogLevel.Information, "The spool of the sink {Sink} holds {Batches} batches with {Ticks} prices of an earlier process; they are offered again.")]
    public static partial void Recovered(ILogger logger, string sink, int batches, long ticks);

    [LoggerMessage(2601, LogLevel.Warning, "The last {Bytes} bytes of the spool's file '{File}' are no whole batch, as after a crash; nothing that was accepted stood there.")]
    public static partial void TornTail(ILogger logger, string file, long bytes);

    [LoggerMessage(2602, LogLevel.Error, "The spool's file '{File}' is damaged at byte {Offset}: {Reason} What follows in it cannot be read.")]
    public static partial void Damaged(ILogger logger, string file, long offset, string reason);

    [LoggerMessage(2603, LogLevel.Error, "A batch of {Ticks} prices in the spool of the sink {Sink} is damaged and cannot be read back: {Reason}")]
    public static partial void Unreadable(ILogger logger, string sink, int ticks, string reason);

    [LoggerMessage(2604, LogLevel.Warning, "The sink {Sink} spills to disk: its queue is full.")]
    public static partial void Spilling(ILogger logger, string sink);

    [LoggerMessage(2605, LogLevel.Information, "The spool of the sink {Sink} is read to its end.")]
    public static partial void Drained(ILogger logger, string sink);

    [LoggerMessage(2606, LogLevel.Error, "The spool of the sink {Sink} cannot be {Done}; tried again, less and less often.")]
    public static partial void DiskFails(ILogger logger, Exception exception, string sink, string done);

    [LoggerMessage(2607, LogLevel.Warning, "The spool of the sink {Sink} is full; the dispatcher waits.")]
    public static partial void Full(ILogger logger, string sink);

    [LoggerMessage(2608, LogLevel.Information, "The spool of the sink {Sink} can be {Done} again, after {Failures} failures.")]
    public static partial void DiskWorks(ILogger logger, string sink, string done, int failures);

    [LoggerMessage(2609, LogLevel.Error, "The spool of the sink {Sink} does not say what it holds; what it said last is told.")]
    public static partial void StatusFails(ILogger logger, Exception exception, string sink);
}
