using Microsoft.Extensions.Logging;

namespace Tracera.Sqlite;

/// <summary>The events of retention and the ceiling: ids 3100 to 3199.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(3100, LogLevel.Warning, "The store is at its ceiling: {Rows} of the oldest ticks and bars were removed; it takes {Bytes} bytes of the disk.")]
    public static partial void MadeRoom(ILogger logger, long rows, long bytes);

    [LoggerMessage(3101, LogLevel.Information, "Retention removed {Ticks} ticks, {Bars} bars and {Records} runs, batch ids and dead letters.")]
    public static partial void Retained(ILogger logger, long ticks, long bars, long records);

    [LoggerMessage(3102, LogLevel.Error, "The store cannot be looked after: retention and the ceiling wait until it can.")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(3103, LogLevel.Information, "The store is looked after again after {Failures} failed rounds.")]
    public static partial void RoundsWork(ILogger logger, int failures);
}
