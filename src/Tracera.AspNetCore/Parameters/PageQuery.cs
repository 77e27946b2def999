using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Tracera.AspNetCore;

/// <summary>Which part of a list is asked for.</summary>
internal sealed record PageQuery
{
    [FromQuery(Name = "limit")]
    [Description("At most so many rows.")]
    public string? Limit { get; init; }

    [FromQuery(Name = "cursor")]
    [Description("The `next` of the page before; leave it out for the first page.")]
    public string? Cursor { get; init; }
}
