using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>The catalogue with its newest prices.</summary>
internal static class ItemEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/items", ListAsync)
            .Describe("listItems", "List items", "Lists the catalogue in ascending order of id, each item with the newest price of any source and its change over 24 hours.")
            .Answers<PageAnswer<ItemRow>>()
            .Fails(400, 503);
        group.MapGet("/items/{id}", ReadAsync)
            .Describe("readItem", "Read an item", "Reads one item with the latest price of each source.")
            .Answers<ItemDetail>()
            .Fails(404, 503);
    }

    // One read of the catalogue, one of the latest prices and one of the figures, however many rows the page has.
    internal static async Task<JsonHttpResult<PageAnswer<ItemRow>>> ListAsync(
        [AsParameters] ItemListRequest request,
        [FromServices] IItemCatalog catalog,
        [FromServices] SourceDirectory sources,
        [FromServices] LatestPrices latest,
        [FromServices] DayChanges changes,
        CancellationToken cancellationToken)
    {
        var filter = SeriesFilter.Parse(request.Source, null, null);
        var query = new ItemQuery(QueryValues.Page(request.Limit, request.Cursor), QueryValues.Term("search", request.Search), filter.Source);
        if (!filter.IsEmpty)
        {
            await sources.FindAsync(filter, cancellationToken).ConfigureAwait(false);
        }

        var page = await catalog.ListItemsAsync(query, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ItemId> ids = [.. page.Items.Select(item => item.Id)];
        var prices = (await latest.ReadAsync(ids, cancellationToken).ConfigureAwait(false)).Prices.ToLookup(price => price.Tick.Item);
        var change = await changes.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
        var answer = new PageAnswer<ItemRow>
        {
            Items = [.. page.Items.Select(item => ItemRow.Of(item, Newest.Of(prices[item.Id], filter), change))],
            Next = page.Next,
        };
        return TypedResults.Json(answer, ItemsJson.Shared.PageAnswerItemRow);
    }

    internal static async Task<JsonHttpResult<ItemDetail>> ReadAsync(
        [Description("The item's number.")] string id,
        [FromServices] IItemCatalog catalog,
        [FromServices] LatestPrices latest,
        [FromServices] DayChanges changes,
        CancellationToken cancellationToken)
    {
        var item = await catalog.RequireAsync(id, cancellationToken).ConfigureAwait(false);
        var reading = await latest.ReadAsync([item.Id], cancellationToken).ConfigureAwait(false);
        var change = await changes.ReadAsync([item.Id], cancellationToken).ConfigureAwait(false);
        var answer = new ItemDetail
        {
            Id = item.Id.Value,
            Name = item.Name,
            Category = item.Category,
            Sources = [.. reading.Prices.Select(price => ItemSource.Of(price, change))],
        };
        return TypedResults.Json(answer, ItemsJson.Shared.ItemDetail);
    }
}
