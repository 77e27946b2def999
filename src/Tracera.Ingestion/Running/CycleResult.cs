namespace Tracera.Ingestion;

/// <summary>How a cycle ended.</summary>
/// <param name="Error">Why it failed; null after a success.</param>
/// <param name="Failure">What kind of failure it was.</param>
/// <param name="RetryAt">The earliest instant at which the venue may be asked again, where it said so.</param>
/// <param name="IsStopped">Whether this host ended it, and not the provider.</param>
/// <param name="Cause">What was thrown, for the log; null where nothing was.</param>
internal sealed record CycleResult(
    string? Error, ProviderFailure Failure = ProviderFailure.Transient, DateTimeOffset? RetryAt = null, bool IsStopped = false, Exception? Cause = null)
{
    public static readonly CycleResult Success = new((string?)null);

    public bool IsSuccess => Error is null;
}
