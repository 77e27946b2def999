using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace EmbedInExisting;

/// <summary>How the shop shows its health: a line for each check.</summary>
internal static class HealthPage
{
    public static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsync(string.Join('\n', report.Entries.Select(entry => $"{entry.Key} {entry.Value.Status}")), context.RequestAborted);
}
