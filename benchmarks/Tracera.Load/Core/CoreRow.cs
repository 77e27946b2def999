namespace Tracera.Load;

/// <summary>What the venue of the scenario answers for one item.</summary>
/// <param name="Name">The item's name, a string of its own.</param>
/// <param name="Price">The price; 0 where nothing is on offer, which is rejected.</param>
internal readonly record struct CoreRow(string Name, decimal Price);
