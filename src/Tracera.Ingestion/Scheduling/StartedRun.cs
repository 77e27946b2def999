namespace Tracera.Ingestion;

/// <summary>A run that has begun.</summary>
/// <param name="Run">The run.</param>
/// <param name="Slots">Its providers, in the order of its rows.</param>
internal sealed record StartedRun(TrackedRun Run, IReadOnlyList<ProviderSlot> Slots);
