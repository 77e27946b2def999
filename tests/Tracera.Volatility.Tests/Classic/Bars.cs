namespace Tracera.Volatility.Tests.Classic;

/// <summary>Bars as the classic forms take them.</summary>
internal sealed record Bars(double[] Open, double[] High, double[] Low, double[] Close)
{
    public int Count => Close.Length;

    /// <summary>Bars of six random prices each.</summary>
    public static Bars Of(int count, Func<int, double> price)
    {
        var bars = new Bars(new double[count], new double[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            var bar = i;
            double[] prices = [.. Enumerable.Range(0, 6).Select(_ => price(bar))];
            (bars.Open[i], bars.High[i], bars.Low[i], bars.Close[i]) = (prices[0], prices.Max(), prices.Min(), prices[^1]);
        }

        return bars;
    }
}
