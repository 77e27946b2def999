using Microsoft.Extensions.Logging;

namespace Tracera.Volatility.Figures;

/// <summary>The events of delivering figures: ids 4200 to 4299.</summary>
internal static partial class FiguresLog
{
    [LoggerMessage(4200, LogLevel.Warning, "Figures cannot be published; they are kept in the cache and published when they are computed again.")]
    public static partial void Unpublished(ILogger logger, Exception? fault);

    [LoggerMessage(4201, LogLevel.Information, "Figures are published again.")]
    public static partial void PublishedAgain(ILogger logger);
}
