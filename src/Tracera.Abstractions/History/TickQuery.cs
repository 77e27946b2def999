namespace Tracera;

/// <summary>Which ticks of one item are wanted, oldest first.</summary>
/// <param name="Item">The item.</param>
/// <param name="Source">Only this source; null for all.</param>
/// <param name="From">Ticks observed at this instant or later.</param>
/// <param name="To">Ticks observed before this instant.</param>
/// <param name="Page">How many, and from where.</param>
public sealed record TickQuery(ItemId Item, SourceId? Source, DateTimeOffset From, DateTimeOffset To, PageRequest Page);
