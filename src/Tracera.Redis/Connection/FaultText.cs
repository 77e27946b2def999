using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Says in a few words what went wrong, without the client's diagnostics and without any setting.</summary>
internal static class FaultText
{
    public static bool IsAway(Exception fault) => fault is RedisException or TimeoutException or ObjectDisposedException or OperationCanceledException;

    public static string Of(Exception? fault) => fault switch
    {
        RedisConnectionException connection => $"connection: {connection.FailureType}",
        RedisServerException server => server.Message.Split('\n')[0],
        TimeoutException => "no answer in time",
        null => "given up",
        _ => fault.GetType().Name,
    };
}
