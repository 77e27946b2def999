namespace Tracera.AspNetCore;

/// <summary>Finds the width of bars that reaches back to where a span begins, where nobody asked for one: narrow bars are kept for a shorter time than wide ones.</summary>
internal static class KeptLevel
{
    private static readonly PageRequest One = new(1);

    /// <summary>Looks at wider bars where the first one found lies so late that earlier ones may have gone.</summary>
    /// <param name="history">The store.</param>
    /// <param name="series">The series.</param>
    /// <param name="range">The span, with the narrowest level that fits its length.</param>
    /// <param name="first">The first bar of that level; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The narrowest level of which no wider one has bars before it.</returns>
    public static async ValueTask<BarLevel> FindAsync(IPriceHistory history, SeriesKey series, HistoryRange range, Bar? first, CancellationToken cancellationToken)
    {
        var best = range.Level;
        for (var wider = range.Level + 1; wider <= BarLevel.Day7 && Gap(wider, range.From, first); wider++)
        {
            // Whole buckets alone: one that begins before the span holds what was not asked for.
            var from = wider.Floor(range.From) is var floor && floor < range.From ? floor + wider.Width() : floor;
            var page = from < range.To
                ? await history.GetBarsAsync(new BarQuery(series, wider, from, range.To, One), cancellationToken).ConfigureAwait(false)
                : new Page<Bar>([], null);
            if (page.Items is [var found] && (first is null || found.Start < wider.Floor(first.Value.Start)))
            {
                (best, first) = (wider, found);
            }
        }

        return best;
    }

    private static bool Gap(BarLevel wider, DateTimeOffset from, Bar? first) => first is not { } bar || bar.Start - from > wider.Width();
}
