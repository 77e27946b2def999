namespace Tracera.Ingestion;

/// <summary>Compares series; ids are small and dense, so that multiplying them spreads them well enough.</summary>
internal readonly struct SeriesEquality : IEqualityComparer<SeriesKey>
{
    public bool Equals(SeriesKey x, SeriesKey y) => x.Item.Value == y.Item.Value && x.Source.Value == y.Source.Value;

    public int GetHashCode(SeriesKey obj) => unchecked((int)((obj.Item.Value * 0x9E3779B1L) ^ (obj.Source.Value * 0x85EBCA6BL)));
}
