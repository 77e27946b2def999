namespace Tracera.Realtime.Wire;

/// <summary>A message of a client that is well formed.</summary>
internal sealed class ClientCommand
{
    public required CommandAction Action { get; init; }

    public RequestId Id { get; init; }

    /// <summary>Each positive item id once, in the order of the message.</summary>
    public IReadOnlyList<ItemId> Items { get; init; } = [];

    /// <summary>The JSON texts of what stood among the item ids and is none.</summary>
    public IReadOnlyList<string> Rejected { get; init; } = [];

    public Channels Channels { get; init; } = Channels.All;

    /// <summary>The position the client has come to; null when it begins.</summary>
    public StreamPosition? Since { get; init; }

    /// <summary>Whether updates go out as arrays; null when the message does not say.</summary>
    public bool? Batch { get; init; }

    public string? Token { get; init; }
}
