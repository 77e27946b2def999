namespace Tracera.Ingestion;

/// <summary>A row that came out of turn, field by field: the runtime copies a struct with few references much faster than one in which they stand before many other fields.</summary>
internal struct RowOutOfTurn
{
    private string _category;
    private string _name;
    private SourceDescriptor _source;
    private decimal _price;
    private decimal? _volume;

    public uint Hash { get; private set; }

    public long ObservedAt { get; private set; }

    public long ReceivedAt { get; private set; }

    public void Set(in RawPrice raw, long observedAt, long receivedAt, uint hash)
    {
        (_category, _name, _source) = (raw.Category, raw.Name, raw.Source);
        (_price, _volume) = (raw.Price, raw.Volume);
        (ObservedAt, ReceivedAt, Hash) = (observedAt, receivedAt, hash);
    }

    /// <summary>The row, without the time that stands in <see cref="ObservedAt"/>.</summary>
    public readonly RawPrice ToRaw() => new(_category, _name, _price, _source, _volume);
}
