using Microsoft.Extensions.Logging;

namespace Tracera.Redis;

/// <summary>The events of the kept sources: ids 9080 to 9089.</summary>
internal static partial class SourceLog
{
    [LoggerMessage(9080, LogLevel.Warning, "The catalogue's sources could not be kept in Redis ({Fault}); it is tried again with the next reading.")]
    public static partial void NotKept(ILogger logger, string fault);

    [LoggerMessage(9081, LogLevel.Warning, "What is kept in Redis at {Key} is not a list of sources and counts as none ({Fault}).")]
    public static partial void NotReadable(ILogger logger, string key, string fault);
}
