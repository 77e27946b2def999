namespace Tracera;

/// <summary>The state of one sink's spool.</summary>
/// <param name="Sink">The sink's registered name.</param>
/// <param name="Batches">Batches that are not acknowledged.</param>
/// <param name="Ticks">Their ticks.</param>
/// <param name="Bytes">What it takes of the disk.</param>
/// <param name="Capacity">What it may take, in bytes.</param>
/// <param name="DamagedTicks">Ticks since the start that could not be read back, because the disk has damaged them.</param>
public sealed record SpoolStatus(string Sink, int Batches, long Ticks, long Bytes, long Capacity, long DamagedTicks);
