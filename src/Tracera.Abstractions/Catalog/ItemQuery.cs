namespace Tracera;

/// <summary>Which items of the catalogue are wanted, ordered by id.</summary>
/// <param name="Page">How many, and from where.</param>
/// <param name="Search">Only items whose name holds this text, ignoring ASCII case; null for all.</param>
/// <param name="Source">Only items that have a price of a source of this name; null for all.</param>
public sealed record ItemQuery(PageRequest Page, string? Search = null, string? Source = null);
