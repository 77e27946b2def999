using System.Runtime.CompilerServices;

namespace Tracera.Volatility.Streaming;

/// <summary>Finds the number of a series: one look into an array, because ids of items and sources are small integers.</summary>
/// <remarks>Not thread-safe. Ids that are not small stand in a dictionary. A source takes 4 KiB for each range of 1,024 items of which it has one.</remarks>
internal sealed class SlotIndex
{
    private const int PageBits = 10;
    private const int PageSize = 1 << PageBits;
    private const int MaxSource = 1 << 12;
    private const int MaxItem = 1 << 24;
    private readonly Dictionary<SeriesKey, int> _others = [];
    private int[]?[]?[] _sources = [];

    /// <summary>How many series there are.</summary>
    public int Count { get; private set; }

    /// <summary>The number of a series; -1 when it is unknown.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(SeriesKey series)
    {
        var (item, source) = ((uint)series.Item.Value, (uint)series.Source.Value);
        if (source < (uint)_sources.Length && _sources[source] is { } pages)
        {
            var page = item >> PageBits;
            if (page < (uint)pages.Length && pages[page] is { } slots)
            {
                return slots[item & (PageSize - 1)] - 1;
            }
        }

        return _others.Count == 0 ? -1 : _others.GetValueOrDefault(series, -1);
    }

    /// <summary>Adds a series.</summary>
    public void Add(SeriesKey series, int slot)
    {
        Count++;
        if (IsSmall(series))
        {
            Place(series) = slot + 1;
        }
        else
        {
            _others.Add(series, slot);
        }
    }

    /// <summary>Removes a series.</summary>
    public void Remove(SeriesKey series)
    {
        Count--;
        if (IsSmall(series))
        {
            Place(series) = 0;
        }
        else
        {
            _others.Remove(series);
        }
    }

    private static bool IsSmall(SeriesKey series) => (uint)series.Source.Value < MaxSource && (uint)series.Item.Value < MaxItem;

    private ref int Place(SeriesKey series)
    {
        var (item, source) = (series.Item.Value, series.Source.Value);
        if (source >= _sources.Length)
        {
            Array.Resize(ref _sources, source + 1);
        }

        ref var pages = ref _sources[source];
        if (pages is null || item >> PageBits >= pages.Length)
        {
            Array.Resize(ref pages, Math.Max((item >> PageBits) + 1, 2 * (pages?.Length ?? 0)));
        }

        return ref (pages[item >> PageBits] ??= new int[PageSize])[item & (PageSize - 1)];
    }
}
