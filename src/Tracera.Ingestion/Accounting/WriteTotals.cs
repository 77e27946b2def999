namespace Tracera.Ingestion;

/// <summary>Outcomes summed up over many batches.</summary>
internal readonly record struct WriteTotals(long Written, long Duplicate, long Corrected, long Conflated, long DeadLettered)
{
    public WriteTotals Add(in WriteOutcome outcome) => new(
        Written + outcome.Written,
        Duplicate + outcome.Duplicate,
        Corrected + outcome.Corrected,
        Conflated + outcome.Conflated,
        DeadLettered + outcome.DeadLettered);
}
