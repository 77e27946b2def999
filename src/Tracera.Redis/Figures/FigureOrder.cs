namespace Tracera.Redis;

/// <summary>The orders of figures.</summary>
internal static class FigureOrder
{
    /// <summary>By item, source and window.</summary>
    public static (ItemId Item, SourceId Source, int Window) BySeries(VolatilitySnapshot snapshot) =>
        (snapshot.Series.Item, snapshot.Series.Source, snapshot.Window.Index);

    /// <summary>What a ranking orders by unless asked otherwise; null for what is not ranked.</summary>
    public static double? Score(VolatilitySnapshot snapshot) => snapshot[MetricFields.VolatilityScore];

    /// <summary>The figures by which an item is ranked: those of the source asked for, else of the one with the most observations. Null when none has a score and the figure.</summary>
    /// <param name="figures">The figures of one item and window, ordered by source.</param>
    /// <param name="source">The source, or null for any.</param>
    /// <param name="field">The figure that is ranked by.</param>
    public static VolatilitySnapshot? Choose(IEnumerable<VolatilitySnapshot> figures, SourceId? source, string field = MetricFields.VolatilityScore)
    {
        VolatilitySnapshot? chosen = null;
        foreach (var snapshot in figures)
        {
            if ((source is null || snapshot.Series.Source == source) && snapshot.Count > (chosen?.Count ?? 0)
                && Score(snapshot) is not null && snapshot[field] is not null)
            {
                chosen = snapshot;
            }
        }

        return chosen;
    }

    /// <summary>Orders what was chosen: by the figure, and the smaller ids first where it is equal.</summary>
    public static List<VolatilitySnapshot> Rank(IEnumerable<VolatilitySnapshot> chosen, RankingQuery query)
    {
        var ordered = query.Ascending ? chosen.OrderBy(figures => figures[query.Field]) : chosen.OrderByDescending(figures => figures[query.Field]);
        return [.. ordered.ThenBy(BySeries).Take(query.Limit)];
    }
}
