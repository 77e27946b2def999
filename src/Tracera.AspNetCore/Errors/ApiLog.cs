using Microsoft.Extensions.Logging;

namespace Tracera.AspNetCore;

/// <summary>The events of the endpoints: ids 6000 to 6099.</summary>
internal static partial class ApiLog
{
    [LoggerMessage(6000, LogLevel.Warning, "The store is away; {Method} {Path} and what follows it are answered with 503 until it is back.")]
    public static partial void StoreAway(ILogger logger, Exception exception, string method, string path);

    [LoggerMessage(6001, LogLevel.Warning, "The live cache cannot be read; latest prices come from the store.")]
    public static partial void CacheAway(ILogger logger, Exception exception);

    [LoggerMessage(6002, LogLevel.Warning, "{Count} prices of sources that the catalogue does not know are left out of an answer.")]
    public static partial void UnknownSources(ILogger logger, int count);

    [LoggerMessage(6003, LogLevel.Warning, "The catalogue is away; sources that were read before are used.")]
    public static partial void SourcesKept(ILogger logger, Exception exception);
}
