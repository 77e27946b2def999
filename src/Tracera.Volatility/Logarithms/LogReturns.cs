namespace Tracera.Volatility.Logarithms;

/// <summary>The log returns ln(closeᵢ/closeᵢ₋₁) between consecutive bars that are not empty.</summary>
internal static class LogReturns
{
    private const int MinimumCloses = 3;

    /// <summary>Whether a spread of returns exists: at least 3 closes, all above 0.</summary>
    public static bool Exist(ReadOnlySpan<Bar> bars)
    {
        foreach (ref readonly var bar in bars)
        {
            if (bar.Close <= 0)
            {
                return false;
            }
        }

        return bars.Length >= MinimumCloses;
    }

    /// <summary>The return that ends with a bar which is not the first.</summary>
    public static double At(ReadOnlySpan<Bar> bars, int index) => LogRatio.Of(bars[index - 1].Close, bars[index].Close);
}
