using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the leases: ids 2500 to 2549.</summary>
internal static partial class LeaseLog
{
    [LoggerMessage(2500, LogLevel.Debug, "Another host polls {Provider}; asked again later.")]
    public static partial void Elsewhere(ILogger logger, string provider);

    [LoggerMessage(2501, LogLevel.Warning, "The lease of {Provider} cannot be taken: the store is away.")]
    public static partial void Unknown(ILogger logger, Exception? exception, string provider);

    [LoggerMessage(2502, LogLevel.Warning, "The lease of {Provider} went to another host; its cycle is ended.")]
    public static partial void LostLease(ILogger logger, string provider);
}
