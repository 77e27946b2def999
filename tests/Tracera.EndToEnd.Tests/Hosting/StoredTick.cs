namespace Tracera.EndToEnd.Tests;

/// <summary>A row of the store as it stands in the file.</summary>
/// <param name="Item">The item's name.</param>
/// <param name="ObservedAt">Its observed time, as the store writes it.</param>
/// <param name="Price">Its price.</param>
/// <param name="Volume">Its volume.</param>
internal readonly record struct StoredTick(string Item, long ObservedAt, decimal Price, decimal Volume);
