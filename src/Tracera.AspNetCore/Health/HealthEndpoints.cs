using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.AspNetCore;

/// <summary>Whether the process lives, and whether what it depends on is there.</summary>
internal static class HealthEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/health/live", ReadLive)
            .Describe("readLiveness", "Liveness", "Answers as long as the process serves requests, whatever its dependencies do.")
            .Answers<HealthAnswer>();
        group.MapGet("/health/ready", ReadReadyAsync)
            .Describe("readReadiness", "Readiness", "Checks what this host depends on: 503 while any of it is unhealthy, and each check with its status in both cases.")
            .Answers<HealthAnswer>()
            .Answers<HealthAnswer>(StatusCodes.Status503ServiceUnavailable);

        // Monitors and load balancers often ask for the status alone.
        group.MapMethods("/health/live", [HttpMethods.Head], ReadLive).ExcludeFromDescription();
        group.MapMethods("/health/ready", [HttpMethods.Head], ReadReadyAsync).ExcludeFromDescription();
    }

    internal static JsonHttpResult<HealthAnswer> ReadLive(HttpContext context) =>
        Answer(context, new HealthAnswer { Status = HealthStatus.Healthy, Entries = new Dictionary<string, HealthEntry>() });

    internal static async Task<JsonHttpResult<HealthAnswer>> ReadReadyAsync(
        HttpContext context, [FromServices] ReadinessChecks checks, CancellationToken cancellationToken) =>
        Answer(context, await checks.RunAsync(cancellationToken).ConfigureAwait(false));

    private static JsonHttpResult<HealthAnswer> Answer(HttpContext context, HealthAnswer answer)
    {
        context.Response.Headers.CacheControl = "no-store";
        var status = answer.Status == HealthStatus.Unhealthy ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        return TypedResults.Json(answer, HealthJson.Shared.HealthAnswer, statusCode: status);
    }
}
