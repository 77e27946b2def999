using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>The figures of one item.</summary>
internal static class VolatilityEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/items/{id}/volatility", ReadAsync)
            .Describe("readVolatility", "Volatility of an item", "Reads the figures of one series in one window. Every figure that does not exist is null. Where nothing was computed yet, n is 0.")
            .Answers<VolatilityAnswer>()
            .Fails(400, 404, 503);

    internal static async Task<JsonHttpResult<VolatilityAnswer>> ReadAsync(
        [AsParameters] VolatilityRequest request,
        [FromServices] IItemCatalog catalog,
        [FromServices] IVolatilityCache cache,
        [FromServices] SourceDirectory sources,
        [FromServices] NewestSeries newest,
        CancellationToken cancellationToken)
    {
        var window = QueryValues.Window(request.Window) ?? Window.Day1;
        var filter = SeriesFilter.Parse(request.Source, request.Currency, request.Provider);
        var item = await catalog.RequireAsync(request.Id, cancellationToken).ConfigureAwait(false);
        var named = await sources.FindAsync(filter, cancellationToken).ConfigureAwait(false);
        var figures = await cache.GetAsync([item.Id], window, cancellationToken).ConfigureAwait(false);
        var byId = named.ToDictionary(source => source.Id);
        var chosen = figures.Where(figure => byId.ContainsKey(figure.Series.Source)).MaxBy(figure => figure.Count);
        var answer = chosen is null
            ? VolatilityAnswers.Empty(item.Id, window, await newest.ChooseAsync(item.Id, filter, cancellationToken).ConfigureAwait(false))
            : VolatilityAnswers.Of(chosen, byId[chosen.Series.Source]);
        return TypedResults.Json(answer, VolatilityJson.Shared.VolatilityAnswer);
    }
}
