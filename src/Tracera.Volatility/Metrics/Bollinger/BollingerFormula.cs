using Tracera.Volatility.Metrics.StdDev;

namespace Tracera.Volatility.Metrics.Bollinger;

/// <summary>The bands μ and μ ± k standard deviations, after Bollinger, Bollinger on Bollinger Bands, 2001 (population form).</summary>
internal static class BollingerFormula
{
    /// <summary>The bands in units of the price; all NaN when n &lt; 2.</summary>
    public static (double Upper, double Middle, double Lower) Of(in WindowMoments moments, double width)
    {
        var distance = width * StdDevFormula.Of(moments);
        var middle = double.IsNaN(distance) ? double.NaN : moments.Mean;
        return (middle + distance, middle, middle - distance);
    }
}
