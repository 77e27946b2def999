namespace Tracera.Volatility.Logarithms;

/// <summary>ln(b/a), to a few units in the last place also where a and b hardly differ.</summary>
/// <remarks>
/// The quotient of two close numbers loses what tells them apart when it is rounded, so near 1 the logarithm is taken of 1 + (b − a)/a, with the correction of
/// Kahan for the rounding of that sum: Goldberg, What Every Computer Scientist Should Know About Floating-Point Arithmetic, ACM Computing Surveys 23 (1991),
/// theorem 4.
/// </remarks>
internal static class LogRatio
{
    private const double Near = 0.5;

    /// <summary>ln(to/from) of two prices above 0, whose difference is taken as decimals.</summary>
    public static double Of(decimal from, decimal to) =>
        from == to ? 0 : Of((double)from, (double)to, (double)(to - from));

    /// <summary>ln(to/from); NaN or infinite where that has no value.</summary>
    public static double Of(double from, double to) => Of(from, to, to - from);

    private static double Of(double from, double to, double difference)
    {
        var growth = difference / from;
        return Math.Abs(growth) <= Near ? LogOfOnePlus(growth) : Math.Log(to / from);
    }

    private static double LogOfOnePlus(double growth)
    {
        var sum = 1 + growth;
        return sum == 1 ? growth : Math.Log(sum) * (growth / (sum - 1));
    }
}
