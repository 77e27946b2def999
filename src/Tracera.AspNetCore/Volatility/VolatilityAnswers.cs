namespace Tracera.AspNetCore;

/// <summary>Makes answers of snapshots.</summary>
internal static class VolatilityAnswers
{
    public static VolatilityAnswer Of(VolatilitySnapshot snapshot, Source source) => new()
    {
        ItemId = snapshot.Series.Item.Value,
        Window = snapshot.Window.Name,
        Source = source.Name,
        Provider = source.Provider,
        Currency = source.Currency.Code,
        Count = snapshot.Count,
        Mean = snapshot.Mean,
        StdDev = snapshot[MetricFields.StdDev],
        Bollinger = new BollingerFigures
        {
            Upper = snapshot[MetricFields.BollingerUpper],
            Middle = snapshot[MetricFields.BollingerMiddle],
            Lower = snapshot[MetricFields.BollingerLower],
            More = AddedFigures.Of(snapshot, FigureNames.BollingerPrefix),
        },
        PercentChange = snapshot[MetricFields.PercentChange],
        Cov = snapshot[MetricFields.Cov],
        TrendScore = snapshot[MetricFields.TrendScore],
        TrendR2 = snapshot[MetricFields.TrendR2],
        LogReturnVol = snapshot[MetricFields.LogReturnVol],
        EwmaVol = snapshot[MetricFields.EwmaVol],
        VolatilityScore = snapshot[MetricFields.VolatilityScore],
        ComputedAt = ApiTime.Of(snapshot.ComputedAt),
        More = AddedFigures.Of(snapshot, null),
    };

    /// <summary>The answer before anything was computed: no observation, no figure.</summary>
    public static VolatilityAnswer Empty(ItemId item, Window window, Source? source) => new()
    {
        ItemId = item.Value,
        Window = window.Name,
        Source = source?.Name,
        Provider = source?.Provider,
        Currency = source?.Currency.Code,
        Count = 0,
        Mean = null,
        StdDev = null,
        Bollinger = new BollingerFigures { Upper = null, Middle = null, Lower = null },
        PercentChange = null,
        Cov = null,
        TrendScore = null,
        TrendR2 = null,
        LogReturnVol = null,
        EwmaVol = null,
        VolatilityScore = null,
        ComputedAt = null,
    };
}
