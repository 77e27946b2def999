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

    /// <summary>Waits until so many runs have completed, those of earlier hosts on the store included.</summary>
    public static async Task WaitForCompletedAsync(HostProcess host, int count, CancellationToken cancellationToken)
    {
        while ((await host.GetAsync("/api/v1/runs?state=Completed&limit=1000", cancellationToken))["items"]!.AsArray().Count < count)
        {
        }
    }

    /// <summary>Waits until no run is under way: what a killed host left behind is ended by the next one, shortly after it serves.</summary>
    public static async Task WaitForNoneRunningAsync(HostProcess host, CancellationToken cancellationToken)
    {
        while ((await host.GetAsync("/api/v1/runs?state=Running&limit=1", cancellationToken))["items"]!.AsArray().Count > 0)
        {
        }
    }

    public static bool IsRunning(JsonNode run) => string.Equals((string?)run["state"], "running", StringComparison.OrdinalIgnoreCase);
}
