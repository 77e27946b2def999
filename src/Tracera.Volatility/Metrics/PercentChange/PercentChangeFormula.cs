using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Metrics.PercentChange;

/// <summary>The rate of change: (last − first)/first × 100.</summary>
internal static class PercentChangeFormula
{
    private const double Percent = 100;

    /// <summary>The change in percent; NaN without a first or a last price, or when the first is 0.</summary>
    public static double Of(decimal? first, decimal? last) =>
        first is { } from && last is { } to && from != 0 ? PriceDifference.Of(to, from) / (double)from * Percent : double.NaN;
}
