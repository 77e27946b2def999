using Microsoft.Extensions.Logging;

namespace Tracera.Redis;

/// <summary>The events of the connection: ids 9000 to 9019. Endpoints are named, settings never.</summary>
internal static partial class RedisLog
{
    [LoggerMessage(9000, LogLevel.Information, "The connection multiplexer of {Endpoints} is in use; made here: {IsOwn}.")]
    public static partial void Connected(ILogger logger, string endpoints, bool isOwn);

    [LoggerMessage(9001, LogLevel.Warning, "There is no connection to Redis yet ({Fault}); it is tried again until there is.")]
    public static partial void NotConnected(ILogger logger, string fault);

    [LoggerMessage(9002, LogLevel.Warning, "Redis is away ({Fault}): prices are kept back, and the store answers.")]
    public static partial void Away(ILogger logger, string fault);

    [LoggerMessage(9003, LogLevel.Information, "Redis answers again.")]
    public static partial void Back(ILogger logger);
}
