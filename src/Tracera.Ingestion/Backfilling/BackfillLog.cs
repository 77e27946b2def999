using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of backfills: ids 2080 to 2089.</summary>
internal static partial class BackfillLog
{
    [LoggerMessage(2080, LogLevel.Information, "{Provider} goes on with its backfill from {From} to {To} at {Position}.")]
    public static partial void Resumed(ILogger logger, string provider, DateTimeOffset from, DateTimeOffset to, DateTimeOffset position);

    [LoggerMessage(2081, LogLevel.Warning, "How far the backfill of {Provider} has come could not be kept; after a crash it begins further back.")]
    public static partial void NotKept(ILogger logger, Exception? reason, string provider);
}
