using System.Text.Json.Serialization;

namespace Tracera.AspNetCore;

/// <summary>What became of the prices offered to one sink since the host started: offered is the sum of all that follow whenever it is quiet.</summary>
internal sealed record SinkLedgerRow
{
    /// <summary>The sink's name.</summary>
    [JsonPropertyName("sink")]
    public required string Sink { get; init; }

    /// <summary>Whether its writes count as accepted.</summary>
    [JsonPropertyName("durable")]
    public required bool IsDurable { get; init; }

    /// <summary>Prices that the dispatcher handed over.</summary>
    [JsonPropertyName("offered")]
    public required long Offered { get; init; }

    /// <summary>New rows or messages.</summary>
    [JsonPropertyName("written")]
    public required long Written { get; init; }

    /// <summary>Known already.</summary>
    [JsonPropertyName("duplicate")]
    public required long Duplicate { get; init; }

    /// <summary>Replaced by a later receipt.</summary>
    [JsonPropertyName("corrected")]
    public required long Corrected { get; init; }

    /// <summary>A newer price stood in for it.</summary>
    [JsonPropertyName("conflated")]
    public required long Conflated { get; init; }

    /// <summary>Refused for good.</summary>
    [JsonPropertyName("dead_lettered")]
    public required long DeadLettered { get; init; }

    /// <summary>Waiting in the queue, the spool or the call under way.</summary>
    [JsonPropertyName("buffered")]
    public required long Buffered { get; init; }

    /// <summary>Given up at stop.</summary>
    [JsonPropertyName("lost")]
    public required long Lost { get; init; }

    public static SinkLedgerRow Of(SinkLedger ledger) => new()
    {
        Sink = ledger.Sink,
        IsDurable = ledger.IsDurable,
        Offered = ledger.Offered,
        Written = ledger.Written,
        Duplicate = ledger.Duplicate,
        Corrected = ledger.Corrected,
        Conflated = ledger.Conflated,
        DeadLettered = ledger.DeadLettered,
        Buffered = ledger.Buffered,
        Lost = ledger.Lost,
    };
}
