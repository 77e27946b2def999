using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of the aliases: ids 2250 to 2299.</summary>
internal static partial class AliasLog
{
    [LoggerMessage(2250, LogLevel.Warning, "The table of aliases cannot be read; {Count} aliases that are known stay in use.")]
    public static partial void Away(ILogger logger, Exception? exception, int count);

    [LoggerMessage(2251, LogLevel.Information, "The table of aliases has changed: {Count} aliases count from the next cycles on.")]
    public static partial void Changed(ILogger logger, int count);

    [LoggerMessage(2252, LogLevel.Information, "'{From}' of {Provider} is an alias of '{To}' now.")]
    public static partial void Added(ILogger logger, ItemKey from, string provider, ItemKey to);

    [LoggerMessage(2253, LogLevel.Information, "'{From}' of {Provider} is no alias any more.")]
    public static partial void Removed(ILogger logger, ItemKey from, string provider);
}
