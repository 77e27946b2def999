namespace Tracera.Volatility.Cache;

/// <summary>What a ranking is ordered by.</summary>
/// <param name="Figure">The figure.</param>
/// <param name="Series">Decides between equal figures: the smaller ids come first.</param>
internal readonly record struct RankKey(double Figure, SeriesKey Series);
