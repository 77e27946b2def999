using Microsoft.Extensions.Logging;

namespace Tracera.Realtime;

/// <summary>The hub's events: ids 5000 to 5999.</summary>
internal static partial class RealtimeLog
{
    [LoggerMessage(5000, LogLevel.Information, "The hub follows the live updates.")]
    public static partial void Following(ILogger logger);

    [LoggerMessage(5001, LogLevel.Warning, "The live updates cannot be followed; next try in {Milliseconds} ms.")]
    public static partial void FollowFailed(ILogger logger, Exception? exception, double milliseconds);

    [LoggerMessage(5002, LogLevel.Warning, "Updates before {Point} may be missing; snapshots of {Items} items go to {Clients} clients.")]
    public static partial void Gap(ILogger logger, StreamPoint? point, int items, int clients);

    [LoggerMessage(5003, LogLevel.Error, "No snapshot can be read after a gap; {Clients} clients are closed with 4010.")]
    public static partial void ResyncFailed(ILogger logger, Exception? exception, int clients);

    [LoggerMessage(5004, LogLevel.Warning, "A snapshot for a client cannot be read; it is closed with 4010.")]
    public static partial void SnapshotFailed(ILogger logger, Exception? exception);

    [LoggerMessage(5005, LogLevel.Warning, "The names of the sources cannot be read; updates of unknown sources wait.")]
    public static partial void SourcesUnavailable(ILogger logger, Exception? exception);

    [LoggerMessage(5006, LogLevel.Warning, "The catalogue cannot be reached; item ids that were never seen are taken without a check.")]
    public static partial void CatalogUnavailable(ILogger logger, Exception exception);

    [LoggerMessage(5010, LogLevel.Debug, "Client {Client} connected from {Address}.")]
    public static partial void Connected(ILogger logger, long client, string? address);

    [LoggerMessage(5011, LogLevel.Debug, "Client {Client} ended with {Code}.")]
    public static partial void Disconnected(ILogger logger, long client, int code);

    [LoggerMessage(5012, LogLevel.Debug, "The connection of client {Client} broke.")]
    public static partial void Broken(ILogger logger, Exception exception, long client);

    [LoggerMessage(5013, LogLevel.Error, "Client {Client} failed.")]
    public static partial void ClientFailed(ILogger logger, Exception exception, long client);

    [LoggerMessage(5014, LogLevel.Information, "Client {Client} stopped reading and is closed with 4008.")]
    public static partial void StoppedReading(ILogger logger, long client);

    [LoggerMessage(5020, LogLevel.Information, "A handshake from the foreign origin {Origin} with a cookie was refused.")]
    public static partial void ForeignOrigin(ILogger logger, string? origin);

    [LoggerMessage(5021, LogLevel.Warning, "The limit of connections is reached; a client from {Address} was closed with 4505.")]
    public static partial void TooManyConnections(ILogger logger, string? address);

    [LoggerMessage(5030, LogLevel.Information, "The hub closes {Clients} clients with 1001.")]
    public static partial void ShuttingDown(ILogger logger, int clients);

    [LoggerMessage(5031, LogLevel.Warning, "{Clients} clients did not answer the close in time and were cut.")]
    public static partial void Cut(ILogger logger, int clients);
}
