using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>The providers of this host.</summary>
internal static class ProviderEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/providers", List)
            .Describe("listProviders", "List providers", "Lists the providers of this host in order of name, all on one page: last success, next run, circuit, budget and staleness.")
            .Answers<PageAnswer<ProviderRow>>()
            .Fails(401, 403);

    internal static JsonHttpResult<PageAnswer<ProviderRow>> List([FromServices] IIngestionControl control, [FromServices] TimeProvider time)
    {
        var now = time.GetUtcNow();
        var answer = new PageAnswer<ProviderRow> { Items = [.. control.GetProviders().Select(status => ProviderRow.Of(status, now))], Next = null };
        return TypedResults.Json(answer, ProvidersJson.Shared.PageAnswerProviderRow);
    }
}
