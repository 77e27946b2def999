namespace Tracera;

/// <summary>Identifies a source (one series of prices) within one catalogue: a small positive integer that the store hands out.</summary>
/// <param name="Value">The number; 0 means "none".</param>
public readonly record struct SourceId(int Value) : IComparable<SourceId>
{
    /// <inheritdoc/>
    public int CompareTo(SourceId other) => Value.CompareTo(other.Value);

    /// <summary>The number in invariant digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
