namespace Tracera;

/// <summary>The state of one provider on this host.</summary>
/// <param name="Name">Its registered name.</param>
/// <param name="State">What it is doing.</param>
/// <param name="Interval">The time between the starts of its cycles.</param>
/// <param name="LastStartedAt">When its last cycle began; null before the first.</param>
/// <param name="LastSuccessAt">When its last successful cycle ended; null before the first.</param>
/// <param name="LastError">Why its last cycle failed; null after a success.</param>
/// <param name="NextRunAt">When it is due; null while it is switched off.</param>
/// <param name="ConsecutiveFailures">Failed cycles since the last success.</param>
public sealed record ProviderStatus(
    string Name,
    ProviderState State,
    TimeSpan Interval,
    DateTimeOffset? LastStartedAt,
    DateTimeOffset? LastSuccessAt,
    string? LastError,
    DateTimeOffset? NextRunAt,
    int ConsecutiveFailures)
{
    /// <summary>The circuit towards the venue: <c>closed</c>, <c>open</c> or <c>half_open</c>; null where the provider has none.</summary>
    public string? Circuit { get; init; }

    /// <summary>Requests that the rate limit still allows now; null where there is no limit.</summary>
    public long? BudgetLeft { get; init; }
}
