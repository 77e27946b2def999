using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>Tells by what Redis answered whether writing again can help.</summary>
internal static class SinkFaults
{
    private static readonly string[] Misconfigured = ["NOPERM", "NOAUTH", "WRONGPASS", "WRONGTYPE", "ERR"];

    public static SinkException Of(Exception fault) => new(KindOf(fault), $"Redis could not write: {FaultText.Of(fault)}", fault);

    private static SinkFailure KindOf(Exception fault) =>
        fault is RedisServerException server && Array.Exists(Misconfigured, code => server.Message.StartsWith(code, StringComparison.Ordinal))
            ? SinkFailure.Misconfigured
            : SinkFailure.Transient;
}
