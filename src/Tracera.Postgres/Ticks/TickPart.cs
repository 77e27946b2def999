namespace Tracera.Postgres;

/// <summary>The ticks of a batch whose items belong to one of several writers; without copying them.</summary>
internal readonly record struct TickPart(ReadOnlyMemory<PriceTick> Ticks, int Part, int Parts)
{
    /// <summary>Whether the tick at a place of the batch belongs to this part.</summary>
    public bool Holds(in PriceTick tick) => Parts == 1 || (int)((uint)tick.Item.Value * 2_654_435_769u >> 8) % Parts == Part;
}
