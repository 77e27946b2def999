namespace Tracera.Load;

/// <summary>The same three indicators by running sums, item after item, as a program without vectors writes them: fast to write, and wrong where the level is large.</summary>
internal static class RollingPeer
{
    private const int Period = 20;

    /// <summary>Bands, slope and change of one item.</summary>
    /// <param name="prices">20 prices before the first step, then one a step.</param>
    /// <param name="figures">Takes five figures a step.</param>
    public static void Run(ReadOnlySpan<double> prices, Span<double> figures)
    {
        var (sum, squares, weighted) = (0d, 0d, 0d);
        for (var i = 0; i < Period; i++)
        {
            sum += prices[i];
            squares += prices[i] * prices[i];
            weighted += i * prices[i];
        }

        for (var step = 0; step < prices.Length - Period; step++)
        {
            var (first, last) = (prices[step], prices[step + Period]);
            weighted += ((Period - 1) * last) - (sum - first);
            sum += last - first;
            squares += (last * last) - (first * first);
            var mean = sum / Period;
            var deviation = Math.Sqrt(Math.Max(0, (squares / Period) - (mean * mean)));
            var row = figures.Slice(step * 5, 5);
            row[0] = mean + (2 * deviation);
            row[1] = mean;
            row[2] = mean - (2 * deviation);
            row[3] = (weighted - (9.5 * sum)) / 665;
            row[4] = (last - first) / first * 100;
        }
    }
}
