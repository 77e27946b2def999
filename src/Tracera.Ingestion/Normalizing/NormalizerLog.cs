using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>The events of normalisation: ids 2300 to 2349.</summary>
internal static partial class NormalizerLog
{
    [LoggerMessage(2300, LogLevel.Warning, "The catalogue cannot be reached; new items and sources of {Provider} are rejected until it is back.")]
    public static partial void CatalogAway(ILogger logger, Exception? exception, string provider);

    [LoggerMessage(2301, LogLevel.Error, "The catalogue refuses the source {Source} of {Provider}; its rows are rejected.")]
    public static partial void SourceRefused(ILogger logger, Exception? exception, string source, string provider);

    [LoggerMessage(2302, LogLevel.Error, "The item mapper fails on {Name} of {Provider}, or answers with no name that can be kept; the rows of that name, and of others like it, are rejected.")]
    public static partial void NotMapped(ILogger logger, Exception? exception, string name, string provider);

    [LoggerMessage(2303, LogLevel.Error, "The catalogue refuses the name {Name} of {Provider}; the rows of that name, and of others that it refuses, are rejected.")]
    public static partial void NameRefused(ILogger logger, Exception? exception, string name, string provider);
}
