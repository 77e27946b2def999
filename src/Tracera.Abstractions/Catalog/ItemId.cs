namespace Tracera;

/// <summary>Identifies an item within one catalogue: a small positive integer that the store hands out.</summary>
/// <param name="Value">The number; 0 means "none".</param>
public readonly record struct ItemId(int Value) : IComparable<ItemId>
{
    /// <inheritdoc/>
    public int CompareTo(ItemId other) => Value.CompareTo(other.Value);

    /// <summary>The number in invariant digits.</summary>
    public override string ToString() => Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
