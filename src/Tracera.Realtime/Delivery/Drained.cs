namespace Tracera.Realtime.Delivery;

/// <summary>What the writer took from a queue.</summary>
/// <param name="Entries">The messages in order; valid until the next drain.</param>
/// <param name="Resync">Updates were left out: the client needs a snapshot next.</param>
/// <param name="CloseCode">The code to close with; 0 to go on.</param>
internal readonly record struct Drained(IReadOnlyList<OutboundEntry> Entries, bool Resync, int CloseCode);
