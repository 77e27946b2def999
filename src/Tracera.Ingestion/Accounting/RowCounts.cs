namespace Tracera.Ingestion;

/// <summary>What became of rows: of one row of a run, or of several.</summary>
internal readonly record struct RowCounts(long Fetched, long Rejected, long Deduplicated, long Dispatched, long Lost)
{
    public static RowCounts operator +(RowCounts left, RowCounts right) => new(
        left.Fetched + right.Fetched,
        left.Rejected + right.Rejected,
        left.Deduplicated + right.Deduplicated,
        left.Dispatched + right.Dispatched,
        left.Lost + right.Lost);
}
