using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>Starts runs on demand.</summary>
internal static class StartRunEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/runs", StartAsync)
            .Describe("startRun", "Start a run", "Asks providers now, or for a range of the past. Those that are running already are skipped; 409 only if all of them are.")
            .TakesOptionally<StartRunBody>("What to ask; without a body, every provider that is enabled.")
            .Answers<StartedRun>(StatusCodes.Status202Accepted)
            .Fails(400, 401, 403, 409, 415, 503);

    internal static async Task<JsonHttpResult<StartedRun>> StartAsync(
        HttpContext context, [FromServices] IIngestionControl control, CancellationToken cancellationToken)
    {
        var request = await StartRunBodyReader.ReadAsync(context.Request, cancellationToken).ConfigureAwait(false);
        var started = await RunStarter.StartAsync(control, request, cancellationToken).ConfigureAwait(false);
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path.Value?.TrimEnd('/')}/{started.Id:D}";
        return TypedResults.Json(started, RunsJson.Shared.StartedRun, statusCode: StatusCodes.Status202Accepted);
    }
}
