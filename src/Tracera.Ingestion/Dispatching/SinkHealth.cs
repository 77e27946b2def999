namespace Tracera.Ingestion;

/// <summary>How a sink does.</summary>
/// <param name="Failure">How its last write failed; null when it did not.</param>
/// <param name="Error">Why; null when it did not.</param>
/// <param name="Failures">Failed writes in a row.</param>
/// <param name="IsBroken">Whether its pump has ended by an error of ours, and nothing is written any more.</param>
internal sealed record SinkHealth(SinkFailure? Failure, string? Error, int Failures, bool IsBroken = false)
{
    public static readonly SinkHealth Well = new(null, null, 0);
}
