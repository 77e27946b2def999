using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>What could not be stored.</summary>
internal static class DeadLetterEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/dead-letters", ListAsync)
            .Describe("listDeadLetters", "List dead letters", "Lists the prices that a sink refused for good, newest first.")
            .Answers<PageAnswer<DeadLetterRow>>()
            .Fails(400, 401, 403, 503);

    internal static async Task<JsonHttpResult<PageAnswer<DeadLetterRow>>> ListAsync(
        [AsParameters] PageQuery request,
        [FromServices] IDeadLetterLog letters,
        [FromServices] SourceDirectory sources,
        CancellationToken cancellationToken)
    {
        var page = await letters.ListAsync(QueryValues.Page(request.Limit, request.Cursor), cancellationToken).ConfigureAwait(false);
        var known = await sources.GetAllAsync(cancellationToken).ConfigureAwait(false);
        var answer = new PageAnswer<DeadLetterRow>
        {
            Items = [.. page.Items.Select(letter => DeadLetterRow.Of(letter, known.GetValueOrDefault(letter.Tick.Source)))],
            Next = page.Next,
        };
        return TypedResults.Json(answer, DeadLettersJson.Shared.PageAnswerDeadLetterRow);
    }
}
