using Microsoft.Extensions.Logging;

namespace Tracera.Postgres;

/// <summary>The events of the life-cycle: ids 8000 to 8009.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(8000, LogLevel.Information, "The store in the schema {Schema} is open; kind: {Kind}.")]
    public static partial void Opened(ILogger logger, string schema, StoreKind kind);

    [LoggerMessage(8001, LogLevel.Warning, "The store cannot be opened yet and is tried again every {Interval}.")]
    public static partial void Away(ILogger logger, Exception reason, TimeSpan interval);

    [LoggerMessage(8002, LogLevel.Error, "The store's schema is not as it must be; it is looked at again every {Interval}.")]
    public static partial void Misfit(ILogger logger, Exception reason, TimeSpan interval);

    [LoggerMessage(8003, LogLevel.Information, "The store in the schema {Schema} is closed.")]
    public static partial void Closed(ILogger logger, string schema);
}
