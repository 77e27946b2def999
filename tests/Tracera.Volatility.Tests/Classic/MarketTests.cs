using System.Globalization;
using Tracera.Volatility.Classic;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Classic;

/// <summary>The forms that read bars, on bars of real markets.</summary>
public sealed class MarketTests
{
    private const double Tolerance = 1e-12;

    /// <summary>Figures that Stock.Indicators publishes of these 502 days (its tests, Apache-2.0), rounded to 4 decimals.</summary>
    [Theory]
    [InlineData(14, 1.82, 1.3364)]
    [InlineData(24, 0.88, 1.3034)]
    [InlineData(249, 0.58, 1.3381)]
    [InlineData(501, 2.67, 6.1497)]
    public async Task AverageTrueRange_FourteenDaysOfPublishedQuotes_IsThePublishedFigure(int day, double range, double average)
    {
        var bars = await ReadAsync("indicators/quotes_default.csv", 1);
        var (ranges, averages) = (new double[bars.Count], new double[bars.Count]);
        TrueRange.Compute(bars.High, bars.Low, bars.Close, ranges);
        AverageTrueRange.Compute(bars.High, bars.Low, bars.Close, AverageTrueRange.DefaultPeriod, averages);

        Assert.Equal((range, average), (Math.Round(ranges[day], 4), Math.Round(averages[day], 4)));
        Assert.Equal(502 - 14, averages.Count(value => !double.IsNaN(value)));
    }

    /// <summary>Figures that Stock.Indicators publishes of these 502 days (its tests, Apache-2.0), rounded to 4 decimals.</summary>
    [Theory]
    [InlineData(249, 2.4827)]
    [InlineData(501, -8.2482)]
    public async Task RateOfChange_TwentyDaysOfPublishedQuotes_IsThePublishedFigure(int day, double change)
    {
        var bars = await ReadAsync("indicators/quotes_default.csv", 1);
        var changes = new double[bars.Count];
        RateOfChange.Compute(bars.Close, 20, changes);

        Assert.Equal(change, Math.Round(changes[day], 4));
        Assert.Equal(502 - 20, changes.Count(value => !double.IsNaN(value)));
    }

    [Fact]
    public async Task RangeForms_OnADayOfMinuteBars_EqualExactArithmetic()
    {
        var bars = await ReadAsync("ohlc/lean_coinbase_btcusd_minute_20171217.csv", 0);
        Assert.Equal(1_440, bars.Count);
        var (parkinson, garmanKlass, average) = (new double[bars.Count], new double[bars.Count], new double[bars.Count]);
        ParkinsonVolatility.Compute(bars.High, bars.Low, 20, parkinson);
        GarmanKlassVolatility.Compute(bars.Open, bars.High, bars.Low, bars.Close, 20, garmanKlass);
        AverageTrueRange.Compute(bars.High, bars.Low, bars.Close, 14, average);

        Same(ExactForms.Parkinson(bars, 20), parkinson);
        Same(ExactForms.GarmanKlass(bars, 20), garmanKlass);
        Same(ExactForms.AverageTrueRange(bars, 14), average);
    }

    private static void Same(double[] expected, double[] actual)
    {
        for (var i = 0; i < expected.Length; i++)
        {
            Assert.Equal(double.IsNaN(expected[i]), double.IsNaN(actual[i]));
            Assert.False(Math.Abs(expected[i] - actual[i]) > Tolerance * expected[i], $"bar {i}");
        }
    }

    /// <summary>Reads bars: a time, open, high, low, close.</summary>
    private static async Task<Bars> ReadAsync(string file, int headers)
    {
        var lines = await File.ReadAllLinesAsync(SharedData.Require(file), TestContext.Current.CancellationToken);
        string[][] rows = [.. lines.Skip(headers).Where(line => line.Length > 0).Select(line => line.Split(','))];
        return new Bars(Column(1), Column(2), Column(3), Column(4));

        double[] Column(int column) => [.. rows.Select(row => double.Parse(row[column], CultureInfo.InvariantCulture))];
    }
}
