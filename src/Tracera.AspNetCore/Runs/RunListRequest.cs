using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Tracera.AspNetCore;

/// <summary>Which runs are asked for.</summary>
internal sealed record RunListRequest
{
    [FromQuery(Name = "state")]
    [Description("Only runs in this state, in any case of letters.")]
    public string? State { get; init; }

    [FromQuery(Name = "provider")]
    [Description("Only runs with a row of this provider.")]
    public string? Provider { get; init; }

    [FromQuery(Name = "from")]
    [Description("Only runs that began at this instant or later.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Only runs that began before this instant.")]
    public string? To { get; init; }

    [FromQuery(Name = "limit")]
    [Description("At most so many rows.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("The `next` of the page before; leave it out for the first page.")]
    public string? Cursor { get; init; }
}
