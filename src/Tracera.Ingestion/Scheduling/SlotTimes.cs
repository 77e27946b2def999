namespace Tracera.Ingestion;

/// <summary>When a provider is due.</summary>
/// <param name="Nominal">The next instant of its regular beat, without jitter.</param>
/// <param name="DueAt">When it is polled next.</param>
/// <param name="CycleAt">The scheduled time of the failed cycle that is polled again; null for a cycle of its own, whose time is <paramref name="DueAt"/>.</param>
internal readonly record struct SlotTimes(DateTimeOffset Nominal, DateTimeOffset DueAt, DateTimeOffset? CycleAt = null)
{
    public DateTimeOffset ScheduledAt => CycleAt ?? DueAt;
}
