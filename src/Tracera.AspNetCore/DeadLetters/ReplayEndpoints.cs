using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>Offers dead letters to the durable sink once more.</summary>
internal static class ReplayEndpoints
{
    private const string Allowed = "{\"ids\": [up to 1000 numbers]}, optional";

    public static void Map(RouteGroupBuilder group) =>
        group.MapPost("/dead-letters/replay", ReplayAsync)
            .Describe(
                "replayDeadLetters",
                "Replay dead letters",
                "Offers prices that the durable sink refused to it once more. A letter goes once its price is stored; one that is refused again stays.")
            .TakesOptionally<ReplayBody>("Which letters; without a body, the newest 1,000.")
            .Answers<ReplayAnswer>()
            .Fails(400, 401, 403, 415, 503);

    internal static async Task<JsonHttpResult<ReplayAnswer>> ReplayAsync(
        HttpContext context, [FromServices] IDeadLetterReplay replay, CancellationToken cancellationToken)
    {
        var body = await OptionalJsonBody.ReadAsync(context.Request, DeadLettersJson.Shared.ReplayBody, Allowed, cancellationToken).ConfigureAwait(false);
        if (body?.Ids?.Count > ReplayRequest.DefaultLimit)
        {
            throw ProblemException.BadParameter("ids", $"{body.Ids.Count} numbers", "at most 1000 numbers");
        }

        var outcome = await replay.ReplayAsync(new ReplayRequest(body?.Ids), cancellationToken).ConfigureAwait(false);
        return TypedResults.Json(ReplayAnswer.Of(outcome), DeadLettersJson.Shared.ReplayAnswer);
    }
}
