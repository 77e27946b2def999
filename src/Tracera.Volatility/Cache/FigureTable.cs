using System.Collections.Concurrent;

namespace Tracera.Volatility.Cache;

/// <summary>The figures of a bounded number of series, grouped by item. One writer at a time, any number of readers.</summary>
internal sealed class FigureTable(int maxSeries)
{
    private readonly ConcurrentDictionary<ItemId, SourceFigures[]> _items = new();
    private int _series;

    /// <summary>Every item's sources.</summary>
    public IEnumerable<SourceFigures[]> Items => _items.Select(item => item.Value);

    /// <summary>Whether one more series may come.</summary>
    public bool HasRoom => _series < maxSeries;

    /// <summary>The sources of an item, ordered by their ids; empty when it is unknown.</summary>
    public SourceFigures[] Of(ItemId item) => _items.GetValueOrDefault(item) ?? [];

    /// <summary>The figures of a series; null when there is no room for a new one.</summary>
    public SourceFigures? FindOrAdd(SeriesKey series)
    {
        var sources = Of(series.Item);
        var index = Array.FindIndex(sources, known => known.Source == series.Source);
        if (index >= 0)
        {
            return sources[index];
        }

        if (!HasRoom)
        {
            return null;
        }

        var added = new SourceFigures(series.Source);
        _items[series.Item] = [.. sources.Append(added).OrderBy(known => known.Source)];
        _series++;
        return added;
    }

    /// <summary>Lets go of a series whose windows have all become empty.</summary>
    public void RemoveIfEmpty(SeriesKey series)
    {
        var sources = Of(series.Item);
        var rest = Array.FindAll(sources, known => known.Source != series.Source || !known.IsEmpty);
        if (rest.Length == sources.Length)
        {
            return;
        }

        _series--;
        if (rest.Length > 0)
        {
            _items[series.Item] = rest;
        }
        else
        {
            _items.TryRemove(series.Item, out _);
        }
    }
}
