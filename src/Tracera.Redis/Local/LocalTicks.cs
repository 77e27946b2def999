using System.Collections;

namespace Tracera.Redis;

/// <summary>Ticks of items that are kept here, without a copy of them: a change puts new ticks in the place of an item's old ones, so what was found stays as it was.</summary>
internal sealed class LocalTicks(int capacity) : IReadOnlyList<PriceTick>
{
    private Place[] _places = new Place[capacity];

    public int Count { get; private set; }

    public PriceTick this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            ref readonly var place = ref _places[index];
            return place.Ticks[place.At];
        }
    }

    /// <summary>Adds ticks that are never changed.</summary>
    public void Add(PriceTick[] ticks)
    {
        if (Count + ticks.Length > _places.Length)
        {
            Array.Resize(ref _places, Math.Max(2 * _places.Length, Count + ticks.Length));
        }

        for (var at = 0; at < ticks.Length; at++)
        {
            _places[Count++] = new Place(ticks, at);
        }
    }

    public IEnumerator<PriceTick> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private readonly record struct Place(PriceTick[] Ticks, int At);
}
