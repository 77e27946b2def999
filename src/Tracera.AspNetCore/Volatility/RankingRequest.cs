using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Tracera.AspNetCore;

/// <summary>Which ranking is asked for.</summary>
internal sealed record RankingRequest
{
    [FromQuery(Name = "window")]
    [Description("The window.")]
    public string? Window { get; init; }

    [FromQuery(Name = "source")]
    [Description("Rank by this market only. Of several series that pass, the one with the most observations is ranked. Without it each item is ranked by its source with the most observations.")]
    public string? Source { get; init; }

    [FromQuery(Name = "currency")]
    [Description("Only series in this currency.")]
    public string? Currency { get; init; }

    [FromQuery(Name = "provider")]
    [Description("Only series of this provider.")]
    public string? Provider { get; init; }

    [FromQuery(Name = "by")]
    [Description("The figure to rank by: `volatility_score`, or any other of the figures, those of an app's own metrics too; a dot leads into a group, as in `bollinger.upper`. Items without it, or without a score, are not ranked.")]
    public string? By { get; init; }

    [FromQuery(Name = "order")]
    [Description("`desc` for the most volatile first (the largest figure), `asc` for the calmest.")]
    public string? Order { get; init; }

    [FromQuery(Name = "limit")]
    [Description("At most so many rows.")]
    public string? Limit { get; init; }
}
