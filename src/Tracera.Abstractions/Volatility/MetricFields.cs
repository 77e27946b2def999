namespace Tracera;

/// <summary>The names of the figures that come with Tracera.</summary>
public static class MetricFields
{
    /// <summary>Population standard deviation of the prices.</summary>
    public const string StdDev = "stddev";

    /// <summary>The middle Bollinger band: the mean.</summary>
    public const string BollingerMiddle = "bollinger.middle";

    /// <summary>The upper Bollinger band: the mean plus k standard deviations.</summary>
    public const string BollingerUpper = "bollinger.upper";

    /// <summary>The lower Bollinger band: the mean less k standard deviations.</summary>
    public const string BollingerLower = "bollinger.lower";

    /// <summary>The change from the first to the last price, in percent.</summary>
    public const string PercentChange = "percent_change";

    /// <summary>The coefficient of variation: standard deviation over mean.</summary>
    public const string Cov = "cov";

    /// <summary>The least-squares slope of the price over time, in percent of the mean per hour.</summary>
    public const string TrendScore = "trend_score";

    /// <summary>The coefficient of determination of the trend.</summary>
    public const string TrendR2 = "trend_r2";

    /// <summary>The sample standard deviation of the log returns between buckets, annualised.</summary>
    public const string LogReturnVol = "log_return_vol";

    /// <summary>Volatility by exponentially weighted log returns between buckets, annualised.</summary>
    public const string EwmaVol = "ewma_vol";

    /// <summary>The ranking's key: <see cref="Cov"/> where there are enough observations.</summary>
    public const string VolatilityScore = "volatility_score";
}
