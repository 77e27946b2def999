using Microsoft.Extensions.Logging;

namespace Tracera.Postgres;

/// <summary>The events of the sink: ids 8020 to 8039.</summary>
internal static partial class SinkLog
{
    [LoggerMessage(8020, LogLevel.Information, "Part {Part} of the batch {Batch} was committed before and is answered from the store.")]
    public static partial void OfferedAgain(ILogger logger, Guid batch, int part);

    [LoggerMessage(8021, LogLevel.Warning, "A tick of item {Item}, source {Source}, is refused for good and kept aside: {SqlState} {Reason}")]
    public static partial void Refused(ILogger logger, ItemId item, SourceId source, string sqlState, string reason);

    [LoggerMessage(8022, LogLevel.Information, "The server's process {ProcessId}, whose connection was lost, has ended; what it was writing is committed or gone.")]
    public static partial void Ended(ILogger logger, int processId);
}
