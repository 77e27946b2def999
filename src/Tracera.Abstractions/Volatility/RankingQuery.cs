namespace Tracera;

/// <summary>Which items are wanted in the order of one of their figures.</summary>
/// <param name="Window">The window.</param>
/// <param name="Limit">At most so many, 1 or more.</param>
/// <param name="Source">Only this source; null ranks each item by its source with the most observations.</param>
/// <param name="Ascending">The smallest figure first.</param>
/// <param name="Field">The figure: one of <see cref="MetricFields"/>, or of a metric that the app added. Default: the volatility score.</param>
public sealed record RankingQuery(
    Window Window, int Limit, SourceId? Source = null, bool Ascending = false, string Field = MetricFields.VolatilityScore);
