namespace Tracera;

/// <summary>One item at one source: what a series of ticks, its bars and its metrics belong to.</summary>
/// <param name="Item">The item.</param>
/// <param name="Source">The source.</param>
public readonly record struct SeriesKey(ItemId Item, SourceId Source);
