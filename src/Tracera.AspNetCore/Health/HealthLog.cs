using Microsoft.Extensions.Logging;

namespace Tracera.AspNetCore;

/// <summary>The events of the health checks: ids 6100 to 6199.</summary>
internal static partial class HealthLog
{
    [LoggerMessage(6100, LogLevel.Warning, "The readiness check {Check} failed with an error.")]
    public static partial void CheckFailed(ILogger logger, Exception? exception, string check);

    [LoggerMessage(6101, LogLevel.Warning, "The readiness check {Check} did not end within {Timeout}.")]
    public static partial void CheckTimedOut(ILogger logger, string check, TimeSpan timeout);
}
