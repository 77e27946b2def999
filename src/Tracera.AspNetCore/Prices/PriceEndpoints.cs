using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Tracera.AspNetCore;

/// <summary>The latest prices of many items in one answer.</summary>
internal static class PriceEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/prices/latest", ReadLatestAsync)
            .Describe("readLatestPrices", "Latest prices", "Reads the latest price of every source of up to 1,000 items. The ETag stands for the prices: send it as If-None-Match to get 304 while none has changed.")
            .Answers<LatestPricesAnswer>()
            .AnswersNothing(StatusCodes.Status304NotModified)
            .Fails(400, 503);

    internal static async Task<Results<JsonHttpResult<LatestPricesAnswer>, StatusCodeHttpResult>> ReadLatestAsync(
        [Description("The items' numbers with commas between them, at most 1,000; may be repeated. Unknown ones are left out of the answer.")] string[]? ids,
        HttpContext context,
        [FromServices] LatestPrices latest,
        CancellationToken cancellationToken)
    {
        var reading = await latest.ReadAsync(ItemIdList.Parse(ids), cancellationToken).ConfigureAwait(false);
        var tag = PriceTag.Of(reading);
        var headers = context.Response.GetTypedHeaders();
        headers.ETag = EntityTagHeaderValue.Parse(tag);
        headers.CacheControl = new CacheControlHeaderValue { NoCache = true };
        if (IsKnown(context.Request, headers.ETag))
        {
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        }

        var answer = new LatestPricesAnswer
        {
            Items = [.. reading.Prices.Select(LatestPriceRow.Of)],
            Stale = reading.Stale,
            Position = reading.Position,
        };
        return TypedResults.Json(answer, PricesJson.Shared.LatestPricesAnswer);
    }

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag) =>
        request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false));
}
