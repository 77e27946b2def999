namespace Tracera.EndToEnd.Tests;

/// <summary>One row of a price list: its wire form, and what must become of it.</summary>
/// <param name="Json">The row as the venue writes it.</param>
/// <param name="Name">The item's name; null where the row has none.</param>
/// <param name="Cents">The price in cents, where the row is good.</param>
/// <param name="Quantity">The number on offer.</param>
/// <param name="Rejection">Why it must be rejected; null where it is good.</param>
internal sealed record PriceRow(string Json, string? Name, long Cents, int Quantity, string? Rejection)
{
    /// <summary>The price in dollars, exactly.</summary>
    public decimal Price => Cents / 100m;
}
