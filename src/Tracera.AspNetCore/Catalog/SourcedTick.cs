namespace Tracera.AspNetCore;

/// <summary>A tick and the source it belongs to.</summary>
/// <param name="Tick">The tick.</param>
/// <param name="Source">Its source.</param>
internal readonly record struct SourcedTick(PriceTick Tick, Source Source);
