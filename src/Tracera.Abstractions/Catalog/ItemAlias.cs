namespace Tracera;

/// <summary>A name that means another item: prices of the one go to the other.</summary>
/// <param name="Provider">The provider whose name it is; empty for the names of all. A provider's own alias goes before one for all.</param>
/// <param name="From">The name that is met.</param>
/// <param name="To">The item that is meant.</param>
/// <param name="AddedAt">When the alias was added.</param>
public sealed record ItemAlias(string Provider, ItemKey From, ItemKey To, DateTimeOffset AddedAt)
{
    /// <summary>The most aliases that a store keeps.</summary>
    public const int MaxCount = 100_000;

    /// <summary>Says why this alias cannot be added beside another. A name means one item, and an item that is meant is no alias itself, so that each alias can be undone alone.</summary>
    /// <param name="other">One that stands already.</param>
    /// <returns>The reason, for a person; null when both can stand.</returns>
    public string? ConflictWith(ItemAlias other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Provider == other.Provider && From == other.From)
        {
            return To == other.To ? null : $"'{From}' is an alias of '{other.To}' already; remove that alias first.";
        }

        if (Provider.Length > 0 && other.Provider.Length > 0 && Provider != other.Provider)
        {
            return null;
        }

        return other.From == To ? $"'{To}' is an alias itself, of '{other.To}'; name that item instead."
            : other.To == From ? $"'{From}' is what '{other.From}' is an alias of; remove that alias first."
            : null;
    }
}
