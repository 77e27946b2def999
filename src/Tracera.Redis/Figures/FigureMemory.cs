using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>The newest figures that this host has stored: to answer while Redis is away, and to fill it again.</summary>
/// <remarks>One writer at a time, any number of readers. Series beyond <see cref="RedisOptions.MaxFigures"/> are not remembered.</remarks>
internal sealed class FigureMemory(IOptions<RedisOptions> options)
{
    private readonly Lock _writing = new();
    private readonly ConcurrentDictionary<ItemId, VolatilitySnapshot[]> _items = new();
    private int _count;

    public IEnumerable<VolatilitySnapshot[]> Items => _items.Values;

    public bool IsEmpty => _items.IsEmpty;

    /// <summary>The figures of an item, ordered by source and window.</summary>
    public VolatilitySnapshot[] Of(ItemId item) => _items.GetValueOrDefault(item) ?? [];

    public void Put(IReadOnlyList<VolatilitySnapshot> snapshots)
    {
        lock (_writing)
        {
            foreach (var snapshot in snapshots)
            {
                Put(snapshot);
            }
        }
    }

    private void Put(VolatilitySnapshot snapshot)
    {
        var known = Of(snapshot.Series.Item);
        var at = Array.FindIndex(known, other => other.Series == snapshot.Series && other.Window == snapshot.Window);
        if (at >= 0 && known[at].ComputedAt > snapshot.ComputedAt)
        {
            return;
        }

        IEnumerable<VolatilitySnapshot> rest = at < 0 ? known : known.Where((_, i) => i != at);
        var isKept = snapshot.Count > 0 && (at >= 0 || _count < options.Value.MaxFigures);
        VolatilitySnapshot[] all = isKept ? [.. rest.Append(snapshot).OrderBy(FigureOrder.BySeries)] : [.. rest];
        _count += all.Length - known.Length;
        if (all.Length > 0)
        {
            _items[snapshot.Series.Item] = all;
        }
        else
        {
            _ = _items.TryRemove(snapshot.Series.Item, out _);
        }
    }
}
