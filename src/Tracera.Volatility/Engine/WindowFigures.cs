using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Engine;

/// <summary>What the figures that come with Tracera are made of.</summary>
/// <param name="Moments">The moments of the window's ticks.</param>
/// <param name="First">The price from which change is counted; null when there is none.</param>
/// <param name="Last">The last price; null when the window holds no tick.</param>
/// <param name="LogReturnVol">The volatility of the log returns, or NaN.</param>
/// <param name="EwmaVol">The exponentially weighted volatility, or NaN.</param>
internal readonly record struct WindowFigures(WindowMoments Moments, PricePair? First, PricePair? Last, double LogReturnVol, double EwmaVol)
{
    /// <summary>The mean; NaN when the window holds no tick.</summary>
    public double Mean => Moments.Count == 0 ? double.NaN : Moments.Mean;

    /// <summary>The change from the first to the last price, as <see cref="Metrics.PercentChange.PercentChangeFormula"/> defines it.</summary>
    public double PercentChange
    {
        get
        {
            const double percent = 100;
            return First is { } from && Last is { } to && from.Value != 0 ? to.Less(from) / from.Value * percent : double.NaN;
        }
    }
}
