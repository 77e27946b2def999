using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Tracera.AspNetCore;

/// <summary>Which items are asked for.</summary>
internal sealed record ItemListRequest
{
    [FromQuery(Name = "search")]
    [Description("Only items whose name holds this text, ignoring ASCII case.")]
    public string? Search { get; init; }

    [FromQuery(Name = "source")]
    [Description("Only items that have a price of a source of this name; the price shown is then of this source.")]
    public string? Source { get; init; }

    [FromQuery(Name = "limit")]
    [Description("At most so many rows.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("The `next` of the page before; leave it out for the first page.")]
    public string? Cursor { get; init; }
}
