using Microsoft.Extensions.Logging;

namespace Tracera.Volatility.Cache;

/// <summary>The events of the in-process cache: ids 4300 to 4399.</summary>
internal static partial class CacheLog
{
    [LoggerMessage(4300, LogLevel.Warning, "The cache of figures holds {MaxSeries} series, all it may; figures of others are refused and counted.")]
    public static partial void Full(ILogger logger, int maxSeries);
}
