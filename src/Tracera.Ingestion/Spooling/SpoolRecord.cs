namespace Tracera.Ingestion;

/// <summary>Where a batch lies in a spool.</summary>
/// <param name="Segment">The number of its file.</param>
/// <param name="Offset">Where its bytes begin there, the length before them included.</param>
/// <param name="Length">How many bytes the batch has, without the length before them.</param>
/// <param name="Id">The batch.</param>
/// <param name="Ticks">How many ticks it holds.</param>
internal readonly record struct SpoolRecord(long Segment, long Offset, int Length, Guid Id, int Ticks)
{
    /// <summary>The bytes that say how long a batch is.</summary>
    public const int Prefix = sizeof(int);

    /// <summary>Where the next batch begins.</summary>
    public long End => Offset + Prefix + Length;
}
