using Microsoft.Extensions.Logging;

namespace Tracera.Lifecycle;

/// <summary>The events of the life-cycle: ids 1000 to 1099.</summary>
internal static partial class LifecycleLog
{
    [LoggerMessage(1000, LogLevel.Information, "Tracera started {Count} parts.")]
    public static partial void Started(ILogger logger, int count);

    [LoggerMessage(1001, LogLevel.Error, "The part {Part} did not start; the parts before it are stopped.")]
    public static partial void StartFailed(ILogger logger, string part);

    [LoggerMessage(1002, LogLevel.Error, "The part {Part} did not stop cleanly.")]
    public static partial void StopFailed(ILogger logger, Exception? exception, string part);

    [LoggerMessage(1003, LogLevel.Information, "Tracera stopped in {Milliseconds} ms; drain deadline passed: {DeadlinePassed}.")]
    public static partial void Stopped(ILogger logger, double milliseconds, bool deadlinePassed);
}
