using Microsoft.Extensions.Logging;

namespace Tracera.Http;

/// <summary>The events of HTTP providers: ids 7000 to 7099. Addresses are logged without their query, headers never.</summary>
internal static partial class HttpLog
{
    [LoggerMessage(7000, LogLevel.Debug, "{Provider}: {Method} {Address} answered {Status} after {Milliseconds} ms.")]
    public static partial void Answered(ILogger logger, string provider, string method, string address, int status, double milliseconds);
}
