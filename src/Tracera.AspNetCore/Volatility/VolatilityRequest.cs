using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Tracera.AspNetCore;

/// <summary>Which figures are asked for.</summary>
internal sealed record VolatilityRequest
{
    [FromRoute(Name = "id")]
    [Description("The item's number.")]
    public required string Id { get; init; }

    [FromQuery(Name = "window")]
    [Description("The window.")]
    public string? Window { get; init; }

    [FromQuery(Name = "source")]
    [Description("The market. Of several series that pass, the one with the most observations in the window is read.")]
    public string? Source { get; init; }

    [FromQuery(Name = "currency")]
    [Description("Only series in this currency.")]
    public string? Currency { get; init; }

    [FromQuery(Name = "provider")]
    [Description("Only series of this provider.")]
    public string? Provider { get; init; }
}
