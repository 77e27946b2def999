using System.Text.Json.Nodes;

namespace Tracera.EndToEnd.Tests;

/// <summary>Waits for runs by asking the API; every answer is the next question's signal, so nothing sleeps.</summary>
internal static class RunWatch
{
    /// <summary>Waits until the newest run has ended.</summary>
    public static async Task<JsonNode> WaitForEndAsync(HostProcess host, CancellationToken cancellationToken)
    {
        while (true)
        {
            var runs = await host.GetAsync("/api/v1/runs?limit=1", cancellationToken);
            if (runs["items"]!.AsArray() is [{ } run] && !IsRunning(run))
            {
                return run;
            }
        }
    }

    public static bool IsRunning(JsonNode run) => string.Equals((string?)run["state"], "running", StringComparison.OrdinalIgnoreCase);
}
