using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Says in a few words what went wrong, without the client's diagnostics and without any setting.</summary>
internal static class FaultText
{
    public static bool IsAway(Exception fault) => fault is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    /// <summary>The same for whoever asks whether the host is ready: of what the server says, only its code.</summary>
    public static string Shown(Exception? fault) =>
        fault is RedisServerException server ? $"the server refuses ({CodeOf(server.Message)}); the log says why" : Of(fault);

    public static string Of(Exception? fault) => fault switch
    {
        RedisConnectionException connection => $"connection: {connection.FailureType}",
        RedisServerException server => server.Message.Split('\n')[0],
        TimeoutException => "no answer in time",
        null => "given up",
        _ => fault.GetType().Name,
    };

    private static string CodeOf(string message)
    {
        var code = message.AsSpan(0, message.AsSpan().IndexOfAny(" \r\n") is var end and >= 0 ? end : message.Length);
        return code.ContainsAnyExceptInRange('A', 'Z') ? "ERR" : code.ToString();
    }
}
