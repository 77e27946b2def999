using System.Collections.Concurrent;

namespace Tracera.Live;

/// <summary>The items and sources behind ids, kept because they never change.</summary>
/// <remarks>Thread-safe. Holds a bounded number of items; those beyond are read again whenever they are needed.</remarks>
internal sealed class SeriesNames
{
    private const int MaxItems = 1_000_000;
    private readonly ConcurrentDictionary<ItemId, Item> _items = new();
    private readonly ConcurrentDictionary<SourceId, Source> _sources = new();

    /// <summary>Names a tick; null when its item or source was not learnt.</summary>
    public ItemPrice? Find(PriceTick tick) =>
        _items.TryGetValue(tick.Item, out var item) && _sources.TryGetValue(tick.Source, out var source)
            ? new ItemPrice(item, source, tick)
            : null;

    /// <summary>Reads from the catalogue what is not known yet; what the catalogue does not know stays unknown.</summary>
    public async ValueTask LearnAsync(IItemCatalog catalog, IReadOnlyList<SeriesKey> series, CancellationToken cancellationToken)
    {
        ItemId[] unknown = [.. series.Select(key => key.Item).Where(item => !_items.ContainsKey(item)).Distinct()];
        if (unknown.Length > 0)
        {
            if (_items.Count + unknown.Length > MaxItems)
            {
                _items.Clear();
                unknown = [.. series.Select(key => key.Item).Distinct()];
            }

            foreach (var item in await catalog.GetItemsAsync(unknown, cancellationToken).ConfigureAwait(false))
            {
                _items[item.Id] = item;
            }
        }

        if (series.Any(key => !_sources.ContainsKey(key.Source)))
        {
            foreach (var source in await catalog.GetSourcesAsync(cancellationToken).ConfigureAwait(false))
            {
                _sources[source.Id] = source;
            }
        }
    }
}
