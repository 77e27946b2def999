namespace Tracera;

/// <summary>One firing of the scheduler, as it is kept.</summary>
/// <param name="Id">Its id; later runs sort after earlier ones.</param>
/// <param name="Trigger">Why it was started.</param>
/// <param name="State">Completed when every provider's part is; otherwise Failed.</param>
/// <param name="Owner">The host instance that runs it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="FinishedAt">When it ended; null while it runs.</param>
/// <param name="Error">Names the parts that failed, or says that the run was abandoned; null otherwise.</param>
/// <param name="Providers">A row for each provider of the run.</param>
public sealed record RunRecord(
    RunId Id,
    RunTrigger Trigger,
    RunState State,
    string Owner,
    DateTimeOffset StartedAt,
    DateTimeOffset? FinishedAt,
    string? Error,
    IReadOnlyList<ProviderRunRecord> Providers);
