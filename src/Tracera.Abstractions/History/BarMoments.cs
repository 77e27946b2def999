namespace Tracera;

/// <summary>The centred moments of the prices of one bucket and of their times: what windows are combined from.</summary>
/// <remarks>
/// Each number is the correctly rounded value (within a few units in the last place) of the exact one. Prices are taken as their deviation from the
/// bar's <see cref="Bar.Open"/>, so that nothing is lost where the level is large and the movement small. Times are seconds since the bucket's start.
/// </remarks>
/// <param name="Count">n, the number of ticks.</param>
/// <param name="Mean">The mean deviation from the open price.</param>
/// <param name="M2">Σ(x−μ)².</param>
/// <param name="TimeMean">The mean time, in seconds since the bucket's start.</param>
/// <param name="TimeM2">Σ(t−t̄)², in seconds squared.</param>
/// <param name="CoMoment">Σ(t−t̄)(x−μ), in price times seconds.</param>
public readonly record struct BarMoments(long Count, double Mean, double M2, double TimeMean, double TimeM2, double CoMoment);
