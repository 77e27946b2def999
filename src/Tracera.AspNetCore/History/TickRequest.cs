using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Tracera.AspNetCore;

/// <summary>Which ticks are asked for.</summary>
internal sealed record TickRequest
{
    [FromRoute(Name = "id")]
    [Description("The item's number.")]
    public required string Id { get; init; }

    [FromQuery(Name = "source")]
    [Description("Only this market. Of several series that pass, the one with the newest price is read. Without `source`, `currency` and `provider`: every series of the item.")]
    public string? Source { get; init; }

    [FromQuery(Name = "currency")]
    [Description("Only series in this currency.")]
    public string? Currency { get; init; }

    [FromQuery(Name = "provider")]
    [Description("Only series of this provider.")]
    public string? Provider { get; init; }

    [FromQuery(Name = "from")]
    [Description("Prices observed at this instant or later. Default: 24 hours before `to`.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Prices observed before this instant. Default: now.")]
    public string? To { get; init; }

    [FromQuery(Name = "limit")]
    [Description("At most so many rows.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("The `next` of the page before. It also carries the series and range of the first page.")]
    public string? Cursor { get; init; }
}
