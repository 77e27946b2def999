namespace Tracera.AspNetCore;

/// <summary>Finds the sources that a filter means.</summary>
internal static class SourceMatch
{
    private const int MaxNamed = 50;

    /// <summary>The sources, in ascending order of id; at least one.</summary>
    /// <exception cref="ProblemException">There is no such source.</exception>
    public static async ValueTask<IReadOnlyList<Source>> FindAsync(
        this SourceDirectory directory, SeriesFilter filter, CancellationToken cancellationToken)
    {
        var found = Find(await directory.GetAllAsync(cancellationToken).ConfigureAwait(false), filter);
        if (found.Count == 0)
        {
            var all = await directory.RefreshAsync(cancellationToken).ConfigureAwait(false);
            found = Find(all, filter);
            ThrowIfNone(found, all.Values, filter);
        }

        return found;
    }

    private static List<Source> Find(IReadOnlyDictionary<SourceId, Source> all, SeriesFilter filter) =>
        [.. all.Values.Where(filter.Matches).OrderBy(source => source.Id)];

    private static void ThrowIfNone(List<Source> found, IReadOnlyCollection<Source> all, SeriesFilter filter)
    {
        if (found.Count > 0 || filter.IsEmpty)
        {
            return;
        }

        var named = all.Where(source => filter.Source is null || source.Name == filter.Source).ToList();
        if (named.Count == 0)
        {
            throw ProblemException.BadParameter("source", filter.Source, List(all.Select(source => source.Name)));
        }

        throw filter.Provider is { } provider && !named.Exists(source => source.Provider == provider)
            ? ProblemException.BadParameter("provider", provider, List(named.Select(source => source.Provider)))
            : ProblemException.BadParameter("currency", filter.Currency?.Code, List(named.Select(source => source.Currency.Code)));
    }

    private static string List(IEnumerable<string> values)
    {
        var distinct = values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return distinct.Count switch
        {
            0 => "none yet",
            <= MaxNamed => string.Join(", ", distinct),
            _ => string.Join(", ", distinct.Take(MaxNamed)) + ", …",
        };
    }
}
