namespace Tracera.AspNetCore;

/// <summary>A price as it is answered.</summary>
/// <param name="Tick">The price.</param>
/// <param name="Source">Its source.</param>
/// <param name="Json">The row; never changed.</param>
internal sealed record PriceRow(PriceTick Tick, Source Source, byte[] Json);
