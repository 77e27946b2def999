namespace Tracera.Volatility.Moments;

/// <summary>The difference of two prices, rounded once.</summary>
internal static class PriceDifference
{
    /// <summary>a − b. Subtracted as decimals, so that nothing cancels; where the signs differ nothing can cancel, and decimals might overflow.</summary>
    public static double Of(decimal a, decimal b) =>
        decimal.IsNegative(a) == decimal.IsNegative(b) ? (double)(a - b) : (double)a - (double)b;
}
