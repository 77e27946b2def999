using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>Prices as they were observed.</summary>
internal static class TickEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/items/{id}/ticks", ReadAsync)
            .Describe("readTicks", "Raw prices of an item", "Reads the observed prices of an item, oldest first.")
            .Answers<PageAnswer<TickRow>>()
            .Fails(400, 404, 503);

    internal static async Task<JsonHttpResult<PageAnswer<TickRow>>> ReadAsync(
        [AsParameters] TickRequest request,
        [FromServices] IItemCatalog catalog,
        [FromServices] IPriceHistory history,
        [FromServices] SourceDirectory sources,
        [FromServices] TickRange range,
        CancellationToken cancellationToken)
    {
        var limit = QueryValues.Limit(request.Limit);
        var item = await catalog.RequireAsync(request.Id, cancellationToken).ConfigureAwait(false);
        var first = await range.ResolveAsync(item.Id, request, cancellationToken).ConfigureAwait(false);
        var inner = first.Inner.Length == 0 ? null : first.Inner;
        var source = first.Source == 0 ? (SourceId?)null : new SourceId(first.Source);
        var query = new TickQuery(item.Id, source, first.From, first.To, new PageRequest(limit, inner));
        var page = await history.GetTicksAsync(query, cancellationToken).ConfigureAwait(false);
        var rows = await sources.NameAsync(page.Items, cancellationToken).ConfigureAwait(false);
        var answer = new PageAnswer<TickRow>
        {
            Items = [.. rows.Select(TickRow.Of)],
            Next = page.Next is { } next ? (first with { Inner = next }).ToString() : null,
        };
        return TypedResults.Json(answer, HistoryJson.Shared.PageAnswerTickRow);
    }
}
