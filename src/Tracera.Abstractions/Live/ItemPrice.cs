namespace Tracera;

/// <summary>The latest price of an item at one source.</summary>
/// <param name="Item">The item.</param>
/// <param name="Source">The source, which says the currency.</param>
/// <param name="Tick">The price, volume and times.</param>
public sealed record ItemPrice(Item Item, Source Source, PriceTick Tick)
{
    /// <summary>The item's name.</summary>
    public string Name => Item.Name;

    /// <summary>The price, in major units of <see cref="Currency"/>.</summary>
    public decimal Price => Tick.Price;

    /// <summary>The currency of the price.</summary>
    public Currency Currency => Source.Currency;

    /// <summary>When the price held at the venue.</summary>
    public DateTimeOffset ObservedAt => Tick.ObservedAt;
}
