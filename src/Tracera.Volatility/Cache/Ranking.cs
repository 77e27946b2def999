namespace Tracera.Volatility.Cache;

/// <summary>Finds the first places of a ranking in one reading of the table, with a heap as large as what is wanted.</summary>
internal sealed class Ranking(RankingQuery query, int limit)
{
    private readonly PriorityQueue<VolatilitySnapshot, RankKey> _best = new(new WorstFirst(query.Ascending));
    private IReadOnlyList<string>? _fields;
    private int _scoreAt;
    private int _figureAt;

    /// <summary>The figures in order, one for each item.</summary>
    public VolatilitySnapshot[] Read(FigureTable table)
    {
        foreach (var sources in table.Items)
        {
            Offer(sources);
        }

        var ranked = new VolatilitySnapshot[_best.Count];
        for (var place = ranked.Length - 1; place >= 0; place--)
        {
            ranked[place] = _best.Dequeue();
        }

        return ranked;
    }

    private void Offer(SourceFigures[] sources)
    {
        var (chosen, figure) = (default(VolatilitySnapshot), 0d);
        foreach (var source in sources)
        {
            if ((query.Source is null || source.Source == query.Source)
                && source[query.Window] is { } snapshot
                && snapshot.Count > (chosen?.Count ?? 0)
                && Figure(snapshot) is { } found)
            {
                (chosen, figure) = (snapshot, found);
            }
        }

        if (chosen is null)
        {
            return;
        }

        _best.Enqueue(chosen, new RankKey(figure, chosen.Series));
        if (_best.Count > limit)
        {
            _best.Dequeue();
        }
    }

    // All snapshots of an engine share one list of fields, so the places are looked up once.
    private double? Figure(VolatilitySnapshot snapshot)
    {
        if (!ReferenceEquals(_fields, snapshot.Fields))
        {
            _fields = snapshot.Fields;
            (_scoreAt, _figureAt) = (Place(MetricFields.VolatilityScore), Place(query.Field));
        }

        return _scoreAt < 0 || _figureAt < 0 || snapshot.ValueAt(_scoreAt) is null ? null : snapshot.ValueAt(_figureAt);
    }

    private int Place(string name) => _fields!.Index().Where(field => field.Item == name).Select(field => field.Index).FirstOrDefault(-1);
}
