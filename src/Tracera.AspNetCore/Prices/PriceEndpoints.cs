using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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

    internal static async Task ReadLatestAsync(
        [Description("The items' numbers with commas between them, at most 1,000; may be repeated. Unknown ones are left out of the answer.")] string[]? ids,
        HttpContext context,
        [FromServices] LatestPrices latest,
        [FromServices] PriceRows rows,
        CancellationToken cancellationToken)
    {
        var reading = await latest.ReadAsync(ItemIdList.Parse(ids), cancellationToken).ConfigureAwait(false);
        var (tag, response) = (PriceTag.Of(reading), context.Response);
        response.Headers.ETag = tag;
        response.Headers.CacheControl = "no-cache";
        if (IsKnown(context.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = "application/json; charset=utf-8";
        LatestPricesWriter.Write(reading, rows, response.BodyWriter);
        await response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    private static bool IsKnown(HttpRequest request, string tag)
    {
        if (request.Headers.IfNoneMatch.Count == 0)
        {
            return false;
        }

        var own = EntityTagHeaderValue.Parse(tag);
        return request.GetTypedHeaders().IfNoneMatch.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(own, useStrongComparison: false));
    }
}
