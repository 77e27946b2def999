using Microsoft.Extensions.Logging;

namespace Tracera.Sqlite;

/// <summary>The events of the sink: ids 3200 to 3299.</summary>
internal static partial class SinkLog
{
    [LoggerMessage(3200, LogLevel.Information, "Batch {Batch} was committed before and is answered from the store.")]
    public static partial void OfferedAgain(ILogger logger, Guid batch);

    [LoggerMessage(3201, LogLevel.Warning, "{Ticks} late ticks of {Provider} count as duplicates: the ticks of their buckets are summed up and gone.")]
    public static partial void Closed(ILogger logger, int ticks, string provider);
}
