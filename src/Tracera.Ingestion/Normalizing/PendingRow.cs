namespace Tracera.Ingestion;

/// <summary>A row that waits for the catalogue.</summary>
/// <param name="Raw">The row.</param>
/// <param name="ObservedAt">Its time in microseconds.</param>
/// <param name="ReceivedAt">When it came, in microseconds.</param>
internal readonly record struct PendingRow(RawPrice Raw, long ObservedAt, long ReceivedAt);
