using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>Items by their volatility score, or by another figure.</summary>
internal static class RankingEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/rankings/volatile", ReadAsync)
            .Describe("rankVolatile", "Rank items by volatility", "Ranks items by `volatility_score`, or by another figure. Series without the figure are not ranked, nor those without a score, which have too few observations.")
            .Answers<RankingAnswer>()
            .Fails(400, 503);

    internal static async Task<JsonHttpResult<RankingAnswer>> ReadAsync(
        [AsParameters] RankingRequest request,
        [FromServices] IItemCatalog catalog,
        [FromServices] IVolatilityCache cache,
        [FromServices] SourceDirectory sources,
        [FromServices] RankableFigures figures,
        CancellationToken cancellationToken)
    {
        var window = QueryValues.Window(request.Window) ?? Window.Day1;
        var filter = SeriesFilter.Parse(request.Source, request.Currency, request.Provider);
        var isAscending = QueryValues.OneOf<RankingOrder>("order", request.Order) == RankingOrder.Asc;
        var query = new RankingQuery(window, QueryValues.Limit(request.Limit), null, isAscending, figures.Parse(request.By));
        var ranked = filter.IsEmpty
            ? await cache.RankAsync(query, cancellationToken).ConfigureAwait(false)
            : await RankOneAsync(cache, query, await sources.FindAsync(filter, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var items = await catalog.GetItemsAsync([.. ranked.Select(row => row.Series.Item)], cancellationToken).ConfigureAwait(false);
        var named = await sources.GetAllAsync(cancellationToken).ConfigureAwait(false);
        var answer = new RankingAnswer { Window = window.Name, By = query.Field, Items = Rows(ranked, items.ToDictionary(item => item.Id), named) };
        return TypedResults.Json(answer, VolatilityJson.Shared.RankingAnswer);
    }

    private static async ValueTask<IReadOnlyList<VolatilitySnapshot>> RankOneAsync(
        IVolatilityCache cache, RankingQuery query, IReadOnlyList<Source> candidates, CancellationToken cancellationToken)
    {
        // Compared by as many rows as may be asked for, so that the choice does not depend on how many are.
        IReadOnlyList<VolatilitySnapshot> best = [];
        foreach (var source in candidates)
        {
            var ranked = await cache.RankAsync(query with { Source = source.Id, Limit = QueryValues.MaxLimit }, cancellationToken).ConfigureAwait(false);
            best = ranked.Sum(row => row.Count) > best.Sum(row => row.Count) ? ranked : best;
        }

        return [.. best.Take(query.Limit)];
    }

    private static List<RankingRow> Rows(
        IReadOnlyList<VolatilitySnapshot> ranked, Dictionary<ItemId, Item> items, IReadOnlyDictionary<SourceId, Source> sources)
    {
        var rows = new List<RankingRow>(ranked.Count);
        foreach (var figures in ranked)
        {
            if (items.TryGetValue(figures.Series.Item, out var item) && sources.TryGetValue(figures.Series.Source, out var source))
            {
                rows.Add(RankingRow.Of(rows.Count + 1, figures, item, source));
            }
        }

        return rows;
    }
}
