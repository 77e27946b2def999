using System.Collections.Frozen;

namespace Tracera;

/// <summary>One provider's part in a run, as it is kept.</summary>
/// <remarks>When it has ended: <c>Fetched = Rejected + Deduplicated + Accepted + lost</c>, where nothing is lost in a completed one.</remarks>
/// <param name="Provider">The provider's registered name.</param>
/// <param name="State">Running until every tick has an outcome.</param>
/// <param name="StartedAt">When its cycle began.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="Error">Why it failed, for a person; null otherwise.</param>
public sealed record ProviderRunRecord(
    string Provider,
    RunState State,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt = null,
    string? Error = null)
{
    /// <summary>Rows that the provider answered, rejected ones included.</summary>
    public long Fetched { get; init; }

    /// <summary>Rows that were not taken.</summary>
    public long Rejected { get; init; }

    /// <summary>The rejected rows by reason.</summary>
    public IReadOnlyDictionary<string, long> RejectedBy { get; init; } = FrozenDictionary<string, long>.Empty;

    /// <summary>Rows that were left out because they repeat an earlier one.</summary>
    public long Deduplicated { get; init; }

    /// <summary>Ticks that the durable sink has taken, in whatever way: stored, duplicate, corrected or dead-lettered.</summary>
    public long Accepted { get; init; }

    /// <summary>New rows in the store.</summary>
    public long Stored { get; init; }

    /// <summary>Rows in the store that a later receipt replaced.</summary>
    public long Corrected { get; init; }

    /// <summary>Ticks that the store refused for good.</summary>
    public long DeadLettered { get; init; }
}
