namespace Tracera;

/// <summary>The centred moments of all ticks in a window.</summary>
/// <param name="Count">n, the number of ticks.</param>
/// <param name="Mean">μ, the mean price; meaningless when n is 0.</param>
/// <param name="M2">Σ(x−μ)².</param>
/// <param name="TimeM2">Σ(t−t̄)², in seconds squared.</param>
/// <param name="CoMoment">Σ(t−t̄)(x−μ), in price times seconds.</param>
public readonly record struct WindowMoments(long Count, double Mean, double M2, double TimeM2, double CoMoment);
