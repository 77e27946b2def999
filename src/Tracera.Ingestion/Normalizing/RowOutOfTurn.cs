using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>A row that came out of turn, field by field: the runtime copies a struct with few references much faster than one in which they stand before many other fields.</summary>
internal struct RowOutOfTurn
{
    public string Category { get; private set; }

    public string Name { get; private set; }

    public SourceDescriptor Source { get; private set; }

    public decimal Price { get; private set; }

    public decimal? Volume { get; private set; }

    public uint Hash { get; private set; }

    public long ObservedAt { get; private set; }

    public long ReceivedAt { get; private set; }

    public void Set(in RawPrice raw, long observedAt, long receivedAt, uint hash)
    {
        Name = raw.Name;

        // Most rows of a provider share these; the runtime pays for every reference that is stored.
        if (!ReferenceEquals(Category, raw.Category) || !ReferenceEquals(Source, raw.Source))
        {
            (Category, Source) = (raw.Category, raw.Source);
        }

        (Price, Volume) = (raw.Price, raw.Volume);
        (ObservedAt, ReceivedAt, Hash) = (observedAt, receivedAt, hash);
    }

    /// <summary>The row, without the time that stands in <see cref="ObservedAt"/>.</summary>
    /// <remarks>Called, so that it is made where it is read: a copy of many small fields is read back much more slowly.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public readonly RawPrice ToRaw() => new(Category, Name, Price, Source, Volume);
}
