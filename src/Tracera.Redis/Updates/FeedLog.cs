using Microsoft.Extensions.Logging;

namespace Tracera.Redis;

/// <summary>The events of the updates: ids 9040 to 9059.</summary>
internal static partial class FeedLog
{
    [LoggerMessage(9040, LogLevel.Information, "Updates of shard {Shard} were missed up to {Point} ({Reason}); the subscribers are told.")]
    public static partial void Gap(ILogger logger, int shard, StreamPoint point, string reason);

    [LoggerMessage(9041, LogLevel.Warning, "A message on {Channel} was dropped: {Bytes} bytes, {Reason}. Further ones are only counted, for a minute.")]
    public static partial void Dropped(ILogger logger, string channel, int bytes, string reason);

    [LoggerMessage(9042, LogLevel.Information, "The updates of every shard are followed.")]
    public static partial void Following(ILogger logger);

    [LoggerMessage(9043, LogLevel.Warning, "Redis answers, but the subscription is silent; it is made anew.")]
    public static partial void Silent(ILogger logger);
}
