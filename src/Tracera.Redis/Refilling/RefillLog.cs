using Microsoft.Extensions.Logging;

namespace Tracera.Redis;

/// <summary>The events of the refilling: ids 9060 to 9079.</summary>
internal static partial class RefillLog
{
    [LoggerMessage(9060, LogLevel.Information, "{Series} series of the store were offered to Redis in {Milliseconds} ms.")]
    public static partial void Filled(ILogger logger, int series, double milliseconds);

    [LoggerMessage(9061, LogLevel.Warning, "The latest prices could not be offered to Redis ({Fault}); it is tried again.")]
    public static partial void Failed(ILogger logger, string fault);
}
