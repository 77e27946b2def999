namespace Tracera.Ingestion;

/// <summary>Where a request that a backfill makes is a sign of life: on the backfill, and not on the cycle of the same provider that runs beside it.</summary>
/// <remarks>It goes with the flow of the call, from the provider to the client it was given. Cycles of now need none: what comes from nowhere else is theirs.</remarks>
internal static class OwnSigns
{
    private static readonly AsyncLocal<RunRow?> Flow = new();

    /// <summary>The backfill that the caller is part of; null where it is part of none.</summary>
    public static RunRow? Backfill => Flow.Value;

    /// <summary>What is called from here on is part of a backfill, as far as the caller's own method reaches.</summary>
    public static void BeginBackfill(RunRow row) => Flow.Value = row;
}
