using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Tracera.AspNetCore;

/// <summary>Which bars are asked for.</summary>
internal sealed record HistoryRequest
{
    [FromRoute(Name = "id")]
    [Description("The item's number.")]
    public required string Id { get; init; }

    [FromQuery(Name = "source")]
    [Description("The market. Of several series that pass, the one with the newest price is read.")]
    public string? Source { get; init; }

    [FromQuery(Name = "currency")]
    [Description("Only series in this currency.")]
    public string? Currency { get; init; }

    [FromQuery(Name = "provider")]
    [Description("Only series of this provider.")]
    public string? Provider { get; init; }

    [FromQuery(Name = "window")]
    [Description("A sliding window that ends now, instead of `from` and `to`. Without any of them: 24h.")]
    public string? Window { get; init; }

    [FromQuery(Name = "from")]
    [Description("The first instant; the bar that holds it is included. Default: 100 bars of `resolution` before `to`, or 24 hours without one.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Bars that begin before this instant. Default: now.")]
    public string? To { get; init; }

    [FromQuery(Name = "resolution")]
    [Description("The width of a bar. Default: the window's own, or the narrowest that needs at most 1,500 bars.")]
    public string? Resolution { get; init; }

    [FromQuery(Name = "bands")]
    [Description("Whether each bar carries Bollinger bands: the simple moving average of the closes of the `period` bars that end with it, plus and less `k` population standard deviations; null where too few bars lie within the 256 · (`period` − 1) bar widths before, at most 25,000.")]
    public string? Bands { get; init; }

    [FromQuery(Name = "period")]
    [Description("How many bars the bands look back; only together with `bands=true`.")]
    public string? Period { get; init; }

    [FromQuery(Name = "k")]
    [Description("How many standard deviations the bands stand from the average, above 0; only together with `bands=true`.")]
    public string? Width { get; init; }

    [FromQuery(Name = "limit")]
    [Description("At most so many bars.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("The `next` of the page before. It also carries the series, range and resolution of the first page.")]
    public string? Cursor { get; init; }
}
