using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>Puts a <c>snapshot</c> message together from the encoded values that all clients share.</summary>
internal sealed class SnapshotMessage
{
    private static readonly byte[] Comma = ","u8.ToArray();
    private static readonly byte[] Fresh = "{\"type\":\"snapshot\",\"stale\":false,\"prices\":["u8.ToArray();
    private static readonly byte[] Stale = "{\"type\":\"snapshot\",\"stale\":true,\"prices\":["u8.ToArray();
    private static readonly byte[] Between = "],\"volatility\":["u8.ToArray();
    private static readonly byte[] End = "]"u8.ToArray();
    private readonly List<ReadOnlyMemory<byte>> _prices = [];
    private readonly List<ReadOnlyMemory<byte>> _figures = [];

    public void Add(Channels channel, ReadOnlyMemory<byte> update)
    {
        var list = channel == Channels.Price ? _prices : _figures;
        if (list.Count > 0)
        {
            list.Add(Comma);
        }

        list.Add(update);
    }

    public IReadOnlyList<ReadOnlyMemory<byte>> ToParts(bool isStale, PositionText position) =>
        [isStale ? Stale : Fresh, .. _prices, Between, .. _figures, End, position.Tail];
}
