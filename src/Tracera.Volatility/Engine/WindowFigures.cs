using Tracera.Volatility.Moments;

namespace Tracera.Volatility.Engine;

/// <summary>What the figures that come with Tracera are made of.</summary>
internal struct WindowFigures
{
    /// <summary>The moments of the window's ticks.</summary>
    public WindowMoments Moments;

    /// <summary>The price from which change is counted; 0 when there is none.</summary>
    public PricePair First;

    /// <summary>The last price; 0 when the window holds no tick.</summary>
    public PricePair Last;

    /// <summary>The volatility of the log returns, or NaN.</summary>
    public double LogReturnVol;

    /// <summary>The exponentially weighted volatility, or NaN.</summary>
    public double EwmaVol;

    /// <summary>The mean; NaN when the window holds no tick.</summary>
    public readonly double Mean => Moments.Count == 0 ? double.NaN : Moments.Mean;

    /// <summary>Whether the change is exact to 9 places: false for a change much smaller than the distance of its prices from those they were kept with.</summary>
    public readonly bool IsChangeExact
    {
        get
        {
            const double places = 1e9;
            var (change, resolution) = (Math.Abs(Last.Less(First)), Last.Resolution + First.Resolution);
            return change <= resolution || change >= places * resolution;
        }
    }

    /// <summary>The change from the first to the last price, as <see cref="Metrics.PercentChange.PercentChangeFormula"/> defines it; exactly 0 where the two prices are equal to their last place.</summary>
    public readonly double PercentChange
    {
        get
        {
            const double percent = 100;
            if (Moments.Count == 0 || First.Value == 0)
            {
                return double.NaN;
            }

            var change = Last.Less(First);
            return Math.Abs(change) <= Last.Resolution + First.Resolution ? 0 : change / First.Value * percent;
        }
    }
}
