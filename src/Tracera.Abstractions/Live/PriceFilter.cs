namespace Tracera;

/// <summary>Which prices are watched. Conditions that are left empty let everything through.</summary>
public sealed record PriceFilter
{
    /// <summary>Everything.</summary>
    public static PriceFilter All { get; } = new();

    /// <summary>Only items of these names.</summary>
    public IReadOnlyCollection<string> Names { get; init; } = [];

    /// <summary>Only items of these categories.</summary>
    public IReadOnlyCollection<string> Categories { get; init; } = [];

    /// <summary>Only sources of these names.</summary>
    public IReadOnlyCollection<string> Sources { get; init; } = [];

    /// <summary>A filter for some items.</summary>
    /// <param name="names">Their names.</param>
    /// <returns>The filter.</returns>
    public static PriceFilter ForItems(params IReadOnlyCollection<string> names) => new() { Names = names };

    /// <summary>Whether a price passes.</summary>
    /// <param name="item">Its item.</param>
    /// <param name="source">Its source.</param>
    /// <returns>True when every condition holds.</returns>
    public bool Matches(Item item, Source source)
    {
        ArgumentNullException.ThrowIfNull(item);
        ArgumentNullException.ThrowIfNull(source);
        return Passes(Names, item.Name) && Passes(Categories, item.Category) && Passes(Sources, source.Name);
    }

    private static bool Passes(IReadOnlyCollection<string> allowed, string value) =>
        allowed.Count == 0 || allowed.Contains(value, StringComparer.Ordinal);
}
