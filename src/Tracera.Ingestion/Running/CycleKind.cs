namespace Tracera.Ingestion;

/// <summary>What is asked of a provider. Cycles of one kind come one after the other; those of different kinds run beside each other.</summary>
internal enum CycleKind
{
    Poll,
    Stream,
    Backfill,
}
