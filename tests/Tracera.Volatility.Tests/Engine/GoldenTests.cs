using System.Globalization;
using System.Text.Json;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Engine;

public sealed class GoldenTests
{
    private const double Tolerance = 1e-12;
    private static readonly SeriesKey Series = new(new ItemId(1), new SourceId(1));

    private static readonly (string Golden, string Field)[] Fields =
    [
        ("stddev", MetricFields.StdDev),
        ("upper", MetricFields.BollingerUpper),
        ("lower", MetricFields.BollingerLower),
        ("percent_change", MetricFields.PercentChange),
        ("cov", MetricFields.Cov),
        ("trend_score", MetricFields.TrendScore),
        ("trend_r2", MetricFields.TrendR2),
        ("log_return_vol", MetricFields.LogReturnVol),
        ("ewma_vol", MetricFields.EwmaVol),
    ];

    [Fact]
    public async Task Engine_GoldenSeriesInEveryWindow_EqualsTheWorkedValues()
    {
        using var meters = new TestMeters();
        var engine = TestEngine.Create(meters);
        using var golden = JsonDocument.Parse(await File.ReadAllBytesAsync(SharedData.Require("metrics_golden.json"), TestContext.Current.CancellationToken));
        var now = golden.RootElement.GetProperty("now").GetDateTimeOffset();
        var checkedWindows = 0;
        foreach (var series in golden.RootElement.GetProperty("series").EnumerateArray())
        {
            var history = Load(series);
            foreach (var window in Window.All)
            {
                var actual = await ComputeAsync(engine, history, window, now);
                Check(series.GetProperty("windows").GetProperty(window.Name), actual, $"{series.GetProperty("name")} {window}");
                checkedWindows++;
            }
        }

        Assert.Equal(24, checkedWindows);
    }

    private static TestHistory Load(JsonElement series)
    {
        var history = new TestHistory();
        foreach (var tick in series.GetProperty("ticks").EnumerateArray())
        {
            history.Add(Series, decimal.Parse(tick[1].GetString()!, CultureInfo.InvariantCulture), tick[0].GetDateTimeOffset());
        }

        return history;
    }

    private static async Task<VolatilitySnapshot> ComputeAsync(VolatilityEngine engine, TestHistory history, Window window, DateTimeOffset now)
    {
        var windows = history.ReadWindowsAsync([Series], window, now, TestContext.Current.CancellationToken);
        return engine.Compute(await windows.SingleAsync(TestContext.Current.CancellationToken), now);
    }

    private static void Check(JsonElement expected, VolatilitySnapshot actual, string what)
    {
        Assert.Equal(expected.GetProperty("n").GetInt64(), actual.Count);
        Close.Assert(Number(expected, "mean"), actual.Mean, Tolerance, what + " mean");
        foreach (var (golden, field) in Fields)
        {
            Close.Assert(Number(expected, golden), actual[field], Tolerance, $"{what} {golden}");
        }

        var middle = actual.Count < 2 ? null : Number(expected, "mean");
        Close.Assert(middle, actual[MetricFields.BollingerMiddle], Tolerance, what + " middle");
        Close.Assert(actual.Count < 3 ? null : Number(expected, "cov"), actual[MetricFields.VolatilityScore], Tolerance, what + " score");
    }

    private static double? Number(JsonElement expected, string name)
    {
        var value = expected.GetProperty(name);
        return value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
    }
}
