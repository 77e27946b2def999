using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Tracera.AspNetCore;

/// <summary>The bars of one series.</summary>
internal static class HistoryEndpoints
{
    public static void Map(RouteGroupBuilder group) =>
        group.MapGet("/items/{id}/history", ReadAsync)
            .Describe("readHistory", "Bars of an item", "Reads the bars of one series, oldest first, over a window or any span that is kept. Buckets are aligned to UTC; one without a price has no bar.")
            .Answers<HistoryAnswer>()
            .Fails(400, 404, 503);

    internal static async Task<JsonHttpResult<HistoryAnswer>> ReadAsync(
        [AsParameters] HistoryRequest request,
        [FromServices] IItemCatalog catalog,
        [FromServices] IPriceHistory history,
        [FromServices] HistorySeries series,
        [FromServices] BandReader bands,
        CancellationToken cancellationToken)
    {
        var limit = QueryValues.Limit(request.Limit, QueryValues.DefaultHistoryLimit, QueryValues.MaxHistoryLimit);
        var form = BandForm.Parse(request);
        var item = await catalog.RequireAsync(request.Id, cancellationToken).ConfigureAwait(false);
        var (source, range, inner) = await series.ResolveAsync(item.Id, request, cancellationToken).ConfigureAwait(false);
        if (source is null)
        {
            return Answer(item.Id, null, range, [], null);
        }

        var key = new SeriesKey(item.Id, source.Id);
        (range, var page) = await ReadKeptAsync(history, key, range, new PageRequest(limit, inner), cancellationToken).ConfigureAwait(false);
        var computed = form is { } asked ? await bands.ReadAsync(key, range.Level, page.Items, asked, cancellationToken).ConfigureAwait(false) : null;
        return Answer(item.Id, source, range, [.. page.Items.Select((bar, i) => BarRow.Of(bar, computed?[i]))], Next(source, range, page.Next));
    }

    private static async ValueTask<(HistoryRange Range, Page<Bar> Page)> ReadKeptAsync(
        IPriceHistory history, SeriesKey series, HistoryRange range, PageRequest request, CancellationToken cancellationToken)
    {
        var page = await history.GetBarsAsync(new BarQuery(series, range.Level, range.From, range.To, request), cancellationToken).ConfigureAwait(false);
        if (!range.IsChosen)
        {
            return (range, page);
        }

        var kept = await KeptLevel.FindAsync(history, series, range, page.Items.Count == 0 ? null : page.Items[0], cancellationToken).ConfigureAwait(false);
        return kept == range.Level
            ? (range, page)
            : (range with { Level = kept }, await history.GetBarsAsync(new BarQuery(series, kept, range.From, range.To, request), cancellationToken).ConfigureAwait(false));
    }

    private static string? Next(Source source, HistoryRange range, string? next) => next is null
        ? null
        : new OpaqueCursor(source.Id.Value, range.Level, UnixTime.ToMicroseconds(range.From), UnixTime.ToMicroseconds(range.To), next).ToString();

    private static JsonHttpResult<HistoryAnswer> Answer(ItemId item, Source? source, HistoryRange range, List<BarRow> rows, string? next)
    {
        var answer = new HistoryAnswer
        {
            ItemId = item.Value,
            Source = source?.Name,
            Provider = source?.Provider,
            Currency = source?.Currency.Code,
            Resolution = range.Level.Name(),
            From = ApiTime.Of(range.From),
            To = ApiTime.Of(range.To),
            Items = rows,
            Next = next,
        };
        return TypedResults.Json(answer, HistoryJson.Shared.HistoryAnswer);
    }
}
