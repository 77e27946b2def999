namespace Tracera;

/// <summary>Which bars of one series are wanted, oldest first.</summary>
/// <param name="Series">The item and source.</param>
/// <param name="Level">The width of the bars.</param>
/// <param name="From">The first instant; the bucket that holds it is included.</param>
/// <param name="To">Bars that begin before this instant.</param>
/// <param name="Page">How many, and from where.</param>
public sealed record BarQuery(SeriesKey Series, BarLevel Level, DateTimeOffset From, DateTimeOffset To, PageRequest Page);
