namespace Tracera.Realtime.Connections;

/// <summary>What came from a client.</summary>
internal enum InboundKind
{
    Text,
    Binary,
    TooBig,
    Close,
}
