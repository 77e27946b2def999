using System.Globalization;
using Tracera.Volatility.Classic;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Classic;

/// <summary>The classic forms against spreadsheets that others have published, to 1e-10 of the result.</summary>
public sealed class PublishedSheetTests
{
    private const double Tolerance = 1e-10;
    private const int CloseColumn = 5;

    [Fact]
    public async Task StandardDeviationAndScore_TenClosesOfPublishedSheet_EqualIt()
    {
        var (rows, closes) = await ReadAsync("StdDev.Calc.StdDev.csv");
        var (deviations, means, scores) = (new double[closes.Length], new double[closes.Length], new double[closes.Length]);
        StandardDeviation.Compute(closes, 10, deviations);
        SimpleMovingAverage.Compute(closes, 10, means);
        StandardScore.Compute(closes, 10, scores);

        Assert.Equal(closes.Length - 9, Compare(rows, 7, deviations));
        Assert.Equal(closes.Length - 9, Compare(rows, 8, means));
        Assert.Equal(closes.Length - 9, Compare(rows, 9, scores));
    }

    [Fact]
    public async Task BollingerBands_TwentyClosesOfPublishedSheet_EqualIt()
    {
        var (rows, closes) = await ReadAsync("BollingerBands.Calc.Bollinger_Bands.csv");
        var (upper, middle, lower) = (new double[closes.Length], new double[closes.Length], new double[closes.Length]);
        BollingerBands.Compute(closes, 20, 2, upper, middle, lower);

        Assert.Equal(closes.Length - 19, Compare(rows, 8, middle));
        Assert.Equal(closes.Length - 19, Compare(rows, 9, upper));
        Assert.Equal(closes.Length - 19, Compare(rows, 10, lower));
    }

    [Fact]
    public async Task BollingerFigures_TwentyClosesOfPublishedSheet_EqualIt()
    {
        var (rows, closes) = await ReadAsync("BollingerBands.Calc.Bollinger_Bands.csv");
        var (deviations, percents, scores) = (new double[closes.Length], new double[closes.Length], new double[closes.Length]);
        var (averages, widths) = (new double[closes.Length], new double[closes.Length]);
        StandardDeviation.Compute(closes, 20, deviations);
        PercentB.Compute(closes, 20, 2, percents);
        StandardScore.Compute(closes, 20, scores);
        BandWidth.Compute(closes, 20, 2, averages, widths);

        Assert.Equal(closes.Length - 19, Compare(rows, 7, deviations));
        Assert.Equal(closes.Length - 19, Compare(rows, 8, averages));
        Assert.Equal(closes.Length - 19, Compare(rows, 11, percents));
        Assert.Equal(closes.Length - 19, Compare(rows, 12, scores));
        Assert.Equal(closes.Length - 19, Compare(rows, 13, widths));
    }

    private static async Task<(string[][] Rows, double[] Closes)> ReadAsync(string file)
    {
        var lines = await File.ReadAllLinesAsync(SharedData.Require("indicators/" + file), TestContext.Current.CancellationToken);
        string[][] rows = [.. lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];
        return (rows, [.. rows.Select(row => double.Parse(row[CloseColumn], CultureInfo.InvariantCulture))]);
    }

    private static int Compare(string[][] rows, int column, double[] actual)
    {
        var compared = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (rows[i].Length > column && rows[i][column].Length > 0)
            {
                Close.Assert(double.Parse(rows[i][column], CultureInfo.InvariantCulture), actual[i], Tolerance, $"row {i}, column {column}");
                compared++;
            }
            else
            {
                Assert.Equal(double.NaN, actual[i]);
            }
        }

        return compared;
    }
}
