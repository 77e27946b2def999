namespace Tracera.AspNetCore;

/// <summary>Decides which series and range a request for bars means: those of its cursor, or those of its parameters.</summary>
internal sealed class HistorySeries(SourceDirectory sources, NewestSeries newest, TimeProvider time)
{
    public async ValueTask<(Source? Source, HistoryRange Range, string? Inner)> ResolveAsync(
        ItemId item, HistoryRequest request, CancellationToken cancellationToken)
    {
        if (QueryValues.Text(request.Cursor) is { } text)
        {
            var cursor = OpaqueCursor.Parse(text);
            var all = await sources.GetAllAsync(cancellationToken).ConfigureAwait(false);
            return all.TryGetValue(new SourceId(cursor.Source), out var known)
                ? (known, new HistoryRange(cursor.Level, cursor.From, cursor.To), cursor.Inner)
                : throw ProblemException.BadParameter("cursor", text, "the 'next' of the page before");
        }

        var range = HistoryRange.Parse(request, time.GetUtcNow());
        var filter = SeriesFilter.Parse(request.Source, request.Currency, request.Provider);
        return (await newest.ChooseAsync(item, filter, cancellationToken).ConfigureAwait(false), range, null);
    }
}
