using Microsoft.Extensions.Logging;

namespace Tracera.Redis;

/// <summary>The events of the streams: ids 9020 to 9039.</summary>
internal static partial class StreamLog
{
    [LoggerMessage(9020, LogLevel.Information, "Redis does not know this program's scripts, so it is new or was restarted: every stream begins anew.")]
    public static partial void Restarting(ILogger logger);

    [LoggerMessage(9021, LogLevel.Information, "The stream of shard {Shard} has the new epoch {Epoch:x}.")]
    public static partial void NewEpoch(ILogger logger, int shard, long epoch);

    [LoggerMessage(9022, LogLevel.Warning, "The stream of shard {Shard} went back from offset {Known} to {Offset}, so Redis has lost changes: it begins anew and is filled from the store.")]
    public static partial void SetBack(ILogger logger, int shard, long known, long offset);
}
