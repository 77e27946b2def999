using System.Globalization;
using Tracera.Volatility.Metrics.Bollinger;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Moments;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Engine;

public sealed class IndicatorTests
{
    private const double Tolerance = 1e-10;
    private const int CloseColumn = 5;

    [Fact]
    public async Task StdDev_TenClosesOfPublishedSheet_EqualsIt()
    {
        var rows = await RowsAsync("StdDev.Calc.StdDev.csv");
        var compared = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length > 7 && Number(rows[i][7]) is { } expected)
            {
                Close.Assert(expected, StdDevFormula.Of(Moments(rows, i, 10)), Tolerance, $"row {i}");
                compared++;
            }
        }

        Assert.Equal(rows.Length - 9, compared);
    }

    [Fact]
    public async Task Bollinger_TwentyClosesOfPublishedSheet_EqualsIt()
    {
        var rows = await RowsAsync("BollingerBands.Calc.Bollinger_Bands.csv");
        var compared = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (Number(rows[i][7]) is not null)
            {
                var (upper, middle, lower) = BollingerFormula.Of(Moments(rows, i, 20), 2);
                Close.Assert(Number(rows[i][8]), middle, Tolerance, $"middle {i}");
                Close.Assert(Number(rows[i][9]), upper, Tolerance, $"upper {i}");
                Close.Assert(Number(rows[i][10]), lower, Tolerance, $"lower {i}");
                compared++;
            }
        }

        Assert.Equal(rows.Length - 19, compared);
    }

    private static async Task<string[][]> RowsAsync(string file)
    {
        var lines = await File.ReadAllLinesAsync(SharedData.Require("indicators/" + file), TestContext.Current.CancellationToken);
        return [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
    }

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private static WindowMoments Moments(string[][] rows, int last, int period)
    {
        var minute = BarLevel.Minute1.WidthMicroseconds();
        var closes = rows[(last - period + 1)..(last + 1)].Select(row => decimal.Parse(row[CloseColumn], CultureInfo.InvariantCulture));
        return BarCombination.Of(TickBars.Bars(
            BarLevel.Minute1, closes.Select((close, i) => new PriceTick(new ItemId(1), new SourceId(1), close, null, i * minute, i * minute))));
    }
}
