namespace Tracera.AspNetCore;

/// <summary>Bollinger bands over bars: the simple moving average of the last 20 closes, plus and less 2 population standard deviations.</summary>
/// <remarks>Definition: J. Bollinger, "Bollinger on Bollinger Bands" (2001), with the usual 20 and 2.</remarks>
internal static class BollingerBands
{
    public const int Length = 20;
    public const double Width = 2;

    /// <summary>The bands at the last of some closes.</summary>
    /// <param name="closes">The closes, oldest first.</param>
    public static BarBands At(ReadOnlySpan<decimal> closes)
    {
        if (closes.Length < Length)
        {
            return BarBands.None;
        }

        // Deviations from one of the closes, so that nothing is lost where the level is large and the movement small.
        var last = closes[^Length..];
        var origin = last[0];
        var mean = 0d;
        foreach (var close in last)
        {
            mean += (double)(close - origin) / Length;
        }

        var squares = 0d;
        foreach (var close in last)
        {
            var deviation = (double)(close - origin) - mean;
            squares += deviation * deviation;
        }

        var middle = (double)origin + mean;
        var reach = Width * Math.Sqrt(squares / Length);
        return new BarBands { Upper = middle + reach, Middle = middle, Lower = middle - reach };
    }
}
