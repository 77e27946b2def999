namespace Tracera.AspNetCore;

/// <summary>Decides which series and range a request for ticks means: those of its cursor, or those of its parameters.</summary>
internal sealed class TickRange(NewestSeries newest, TimeProvider time)
{
    /// <summary>The range as the cursor of its first page, whose inner part is empty.</summary>
    public async ValueTask<OpaqueCursor> ResolveAsync(ItemId item, TickRequest request, CancellationToken cancellationToken)
    {
        if (QueryValues.Text(request.Cursor) is { } text)
        {
            return OpaqueCursor.Parse(text);
        }

        var to = QueryValues.Instant("to", request.To) ?? time.GetUtcNow();
        var from = QueryValues.Instant("from", request.From) ?? DayBefore(to);
        if (from >= to)
        {
            throw ProblemException.BadParameter("from", request.From, "an instant before 'to'");
        }

        var filter = SeriesFilter.Parse(request.Source, request.Currency, request.Provider);
        var source = filter.IsEmpty ? null : await newest.ChooseAsync(item, filter, cancellationToken).ConfigureAwait(false);
        return new OpaqueCursor(source?.Id.Value ?? 0, default, UnixTime.ToMicroseconds(from), UnixTime.ToMicroseconds(to), "");
    }

    private static DateTimeOffset DayBefore(DateTimeOffset instant) =>
        instant - DateTimeOffset.MinValue > Window.Day1.Length ? instant - Window.Day1.Length : DateTimeOffset.MinValue;
}
