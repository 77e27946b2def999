namespace Tracera.Volatility.Cache;

/// <summary>What a ranking is ordered by.</summary>
/// <param name="Score">The volatility score.</param>
/// <param name="Series">Decides between equal scores: the smaller ids come first.</param>
internal readonly record struct RankKey(double Score, SeriesKey Series);
