using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the run journal: ids 2000 to 2049.</summary>
internal static partial class JournalLog
{
    [LoggerMessage(2000, LogLevel.Warning, "The run log cannot be reached; changes of runs wait in memory, {Change} first.")]
    public static partial void Away(ILogger logger, Exception? exception, string change);

    [LoggerMessage(2001, LogLevel.Information, "The run log is back; {Count} changes of runs are applied in order.")]
    public static partial void Back(ILogger logger, int count);

    [LoggerMessage(2002, LogLevel.Warning, "The run log refused {Change}: the run has ended or belongs to another host.")]
    public static partial void Refused(ILogger logger, string change);

    [LoggerMessage(2003, LogLevel.Warning, "{Count} runs that a host left behind were ended as Failed (abandoned).")]
    public static partial void Abandoned(ILogger logger, int count);

    [LoggerMessage(2004, LogLevel.Error, "{Count} changes of runs could not be kept before the end; their runs will be found abandoned.")]
    public static partial void Unkept(ILogger logger, Exception? exception, int count);

    [LoggerMessage(2005, LogLevel.Error, "The run log fails on {Change} although it answers; {Count} changes of the same run are set aside and tried again later.")]
    public static partial void SetAside(ILogger logger, Exception? exception, string change, int count);
}
