using Microsoft.Extensions.Logging;

namespace Tracera.Sqlite;

/// <summary>The events of retention and the ceiling: ids 3100 to 3199.</summary>
internal static partial class RetentionLog
{
    [LoggerMessage(3100, LogLevel.Warning, "The store is at its ceiling: {Rows} of the oldest ticks and bars were removed; it takes {Bytes} bytes of the disk.")]
    public static partial void MadeRoom(ILogger logger, long rows, long bytes);

    [LoggerMessage(3101, LogLevel.Information, "Retention removed {Ticks} ticks, {Bars} bars and {Records} runs, batch ids and dead letters.")]
    public static partial void Retained(ILogger logger, long ticks, long bars, long records);

    [LoggerMessage(3102, LogLevel.Error, "The store could not be looked after; the next round tries again.")]
    public static partial void RoundFailed(ILogger logger, Exception exception);
}
