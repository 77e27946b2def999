namespace Tracera.Sqlite;

/// <summary>What a batch did to one row of the ticks.</summary>
/// <param name="Tick">The row as it is now.</param>
/// <param name="Old">The price and volume that were replaced; null for a new row.</param>
internal readonly record struct TickChange(PriceTick Tick, (decimal Price, decimal? Volume)? Old)
{
    /// <summary>Whether an earlier receipt was replaced.</summary>
    public bool IsCorrection => Old is not null;
}
