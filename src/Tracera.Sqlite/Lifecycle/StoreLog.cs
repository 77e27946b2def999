using Microsoft.Extensions.Logging;

namespace Tracera.Sqlite;

/// <summary>The events of the file: ids 3000 to 3099.</summary>
internal static partial class StoreLog
{
    [LoggerMessage(3000, LogLevel.Information, "The store {File} is open; it takes {Bytes} bytes; new: {IsNew}.")]
    public static partial void Opened(ILogger logger, string file, long bytes, bool isNew);

    [LoggerMessage(3001, LogLevel.Information, "The store {File} is closed.")]
    public static partial void Closed(ILogger logger, string file);
}
