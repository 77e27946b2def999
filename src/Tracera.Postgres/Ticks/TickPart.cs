namespace Tracera.Postgres;

/// <summary>The ticks of a batch whose items belong to one of several writers; without copying them.</summary>
/// <remarks>
/// Items are dealt out in blocks of neighbours, each of several pages of the key's index. The ticks of a cycle have one time and mostly come in the order of their items: writers that
/// took every other item would fill the same pages at the same moment, and wait for each other at almost every row.
/// </remarks>
internal readonly record struct TickPart(ReadOnlyMemory<PriceTick> Ticks, int Part, int Parts)
{
    private const int ItemsOfBlock = 1024;

    // Another number whenever items are dealt out in another way: then a part that was recorded under the old one is another part.
    private const int InBlocks = 0x100;

    /// <summary>In which way the batch is divided.</summary>
    public short Division => (short)(Parts == 1 ? 1 : InBlocks + Parts);

    /// <summary>Whether the tick at a place of the batch belongs to this part.</summary>
    public bool Holds(in PriceTick tick) => Parts == 1 || (uint)tick.Item.Value / ItemsOfBlock % (uint)Parts == (uint)Part;
}
