using Npgsql;

namespace Tracera.Postgres;

/// <summary>Reads one window of a group of series after the other.</summary>
internal sealed class WindowReader(PostgresDatabase database, Window window, DateTimeOffset now)
{
    private const int PriorFields = 3;

    // Most prices before a window lie in the last part of the span in which they are looked for.
    private const int NearPart = 8;
    private readonly Dictionary<SeriesKey, BarList> _found = [];
    private readonly Stack<BarList> _free = [];
    private readonly long _start = UnixTime.ToMicroseconds(window.StartAt(now));
    private readonly long _length = window.Buckets * window.Level.WidthMicroseconds();

    /// <summary>Reads the window of each series of a group.</summary>
    public async Task ReadAsync(NpgsqlConnection connection, SeriesKey[] series, CancellationToken cancellationToken)
    {
        Reset(series);
        var columns = $"SELECT {BarColumns.List}";
        var rows = await CopyRows.OpenAsync(
            connection, Query(columns, series, _start, _start + _length, string.Empty), BarColumns.Count, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.NextAsync(cancellationToken).ConfigureAwait(false))
            {
                Take(rows);
            }
        }

        var near = _start - (window.Level.WidthMicroseconds() * Math.Max(1, window.Buckets / NearPart));
        await ReadPriorAsync(connection, near, _start, cancellationToken).ConfigureAwait(false);
        await ReadPriorAsync(connection, _start - _length, near, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What was read of a series of the group.</summary>
    public SeriesWindow WindowOf(SeriesKey series)
    {
        var list = _found[series];
        return new SeriesWindow(series, window, UnixTime.FromMicroseconds(_start), list.Take(), list.Prior);
    }

    private void Reset(SeriesKey[] series)
    {
        foreach (var list in _found.Values)
        {
            list.Clear();
            _free.Push(list);
        }

        _found.Clear();
        foreach (var key in series)
        {
            if (!_found.ContainsKey(key))
            {
                _found.Add(key, _free.TryPop(out var list) ? list : new BarList());
            }
        }
    }

    private void Take(CopyRows row)
    {
        if (!_found.TryGetValue(BarColumns.Series(row), out var list))
        {
            return;
        }

        var bar = BarColumns.Bar(row);
        list.Add(bar);
        if (bar.StartMicroseconds == _start && row.Instant(BarColumns.OpenAt) == _start)
        {
            list.Prior = bar.Open;
        }
    }

    private async Task ReadPriorAsync(NpgsqlConnection connection, long from, long to, CancellationToken cancellationToken)
    {
        var missing = _found.Where(static pair => pair.Value.Prior is null).Select(static pair => pair.Key).ToArray();
        if (missing.Length == 0 || from >= to)
        {
            return;
        }

        const string Columns = "SELECT DISTINCT ON (b.item_id, b.source_id) b.item_id, b.source_id, b.close";
        var query = Query(Columns, missing, from, to, "ORDER BY b.item_id, b.source_id, b.bucket DESC");
        var rows = await CopyRows.OpenAsync(connection, query, PriorFields, cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.NextAsync(cancellationToken).ConfigureAwait(false))
            {
                if (_found.TryGetValue(BarColumns.Series(rows), out var list))
                {
                    list.Prior ??= rows.Decimal(2);
                }
            }
        }
    }

    private string Query(string columns, SeriesKey[] series, long from, long to, string order)
    {
        var runs = ItemRuns.Of(series);
        var read = $"{database.Schema}.read_{window.Level.Name()}({SqlText.Of(from)}, {SqlText.Of(to)}, ";
        var bars = runs.Count == 1
            ? $"{read}{SqlText.Of(new ItemId(runs[0].First))}, {SqlText.Of(new ItemId(runs[0].Last))}) b"
            : $"(VALUES {string.Join(", ", runs)}) r (first_item, last_item) CROSS JOIN LATERAL {read}r.first_item, r.last_item) b";
        var sources = string.Join(", ", series.Select(static key => key.Source).Distinct().Order());
        return $"{columns} FROM {bars} JOIN {database.Schema}.source s ON s.id = b.source_id WHERE b.source_id IN ({sources}) {order}";
    }
}
