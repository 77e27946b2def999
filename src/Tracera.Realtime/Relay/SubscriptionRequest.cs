using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>What a client asks to be subscribed to.</summary>
/// <param name="Id">The client's id of the request.</param>
/// <param name="Items">Known items, each once.</param>
/// <param name="Rejected">The JSON texts of what is not subscribed to.</param>
/// <param name="Channels">What it wants to hear of them.</param>
/// <param name="Since">The position it has come to; null when it begins.</param>
internal sealed record SubscriptionRequest(
    RequestId Id,
    IReadOnlyList<ItemId> Items,
    IReadOnlyList<string> Rejected,
    Channels Channels,
    StreamPosition? Since);
