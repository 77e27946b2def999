namespace Tracera.Realtime.Delivery;

/// <summary>One message that waits for a client.</summary>
/// <param name="Body">The message in parts, or one update without its position; shared by all clients that get it.</param>
/// <param name="Slot">Of an update, what identifies its series: a newer one of the same slot takes its place.</param>
/// <param name="RewindsTo">The position the client has after this message when that lies before what it was told so far.</param>
/// <param name="IsBarrier">Updates that come later do not take the place of those before this message.</param>
internal readonly record struct OutboundEntry(
    IReadOnlyList<ReadOnlyMemory<byte>> Body,
    object? Slot = null,
    Wire.PositionText? RewindsTo = null,
    bool IsBarrier = false)
{
    public bool IsUpdate => Slot is not null;

    public static OutboundEntry Update(object slot, IReadOnlyList<ReadOnlyMemory<byte>> update) => new(update, slot);

    public static OutboundEntry Reply(byte[] message) => new([message]);
}
