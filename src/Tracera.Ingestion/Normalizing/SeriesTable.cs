using System.Numerics;
using System.Runtime.CompilerServices;
using Tracera.Shared;

namespace Tracera.Ingestion;

/// <summary>Finds the series of a row by category, name and source. Bounded: when it is full it begins anew. Not thread-safe.</summary>
/// <remarks>
/// A venue answers in the same order in every cycle. The table therefore looks first at the series behind the one that was found last, which costs one comparison and
/// no hash; the series lie in the order of their arrival, so that the processor has fetched it by then. A row out of turn is hashed and found with one look at the index, which
/// holds a part of the hash, and one at the series. What both looks need is best fetched a few rows ahead (<see cref="FetchIndex"/>, <see cref="FetchSeries"/>), so that the processor does not wait for memory.
/// </remarks>
internal sealed class SeriesTable(int capacity)
{
    private const int FirstSize = 16;
    private const int Patience = 8;
    private const int TagShift = 24;

    // A slot has 128 bytes, but does not begin where a line does.
    private const int LinesOfSlot = 3;
    private const uint PlaceMask = (1u << TagShift) - 1;
    private static int _lastId;
    private readonly int _capacity = Math.Min(capacity, (int)PlaceMask - 1);
    private readonly Dictionary<SeriesKey, int> _places = [];
    private readonly CategoryList _categories = new();
    private uint[] _index = new uint[2 * FirstSize];
    private Slot[] _slots = new Slot[FirstSize];
    private string?[] _longNames = [];
    private int _count;
    private int _next;
    private int _misses;

    public int Count => _count;

    /// <summary>Names this table; another one after it has begun anew, by which every place is void.</summary>
    public int Id { get; private set; } = Interlocked.Increment(ref _lastId);

    /// <summary>The series at a place, or the one that its name means too; valid until the next is added.</summary>
    public ref Series this[int place] => ref Meant(ref _slots[place].Series, place);

    public static uint Hash(string name, SourceId source) => (uint)TextHash.Of(name) + ((uint)source.Value * 0x9E3779B1);

    /// <summary>Finds a series.</summary>
    /// <returns>Its place; below zero when it is not known.</returns>
    public int Find(string category, string name, SourceId source)
    {
        ref var next = ref FindNext(category, name, source);
        return Unsafe.IsNullRef(ref next) ? FindByHash(category, name, source, Hash(name, source)) : next.Place;
    }

    /// <summary>Finds a series if it is the one behind the one that was found last.</summary>
    /// <returns>The series, valid until the next is added; a null reference when it is another one.</returns>
    public ref Series FindNext(string? category, string name, SourceId source)
    {
        var (slots, next) = (_slots, _next);
        if (next >= _count || !Matches(ref slots[next], next, _categories.Find(category), name, source))
        {
            return ref Unsafe.NullRef<Series>();
        }

        (_next, _misses) = (next + 1, 0);
        return ref Meant(ref slots[next].Series, next);
    }

    /// <summary>Finds a series whose hash is known.</summary>
    /// <returns>Its place; below zero when it is not known.</returns>
    public int FindByHash(string category, string name, SourceId source, uint hash)
    {
        var (index, at, known) = (_index, hash, _categories.Find(category));
        while (true)
        {
            var entry = index[at & (uint)(index.Length - 1)];
            if (entry == 0)
            {
                return -1;
            }

            var place = (int)(entry & PlaceMask) - 1;
            if (entry >> TagShift == hash >> TagShift && Matches(ref _slots[place], place, known, name, source))
            {
                Learn(place);
                return place;
            }

            at++;
        }
    }

    /// <summary>Has the processor fetch the place in the index at which looking for a hash begins.</summary>
    public void FetchIndex(uint hash) => CacheHint.Soon(ref _index[hash & (uint)(_index.Length - 1)]);

    /// <summary>Has the processor fetch the series that such a place shows.</summary>
    public void FetchSeries(uint hash)
    {
        var place = (int)(_index[hash & (uint)(_index.Length - 1)] & PlaceMask) - 1;
        if (place >= 0)
        {
            CacheHint.SoonLines(ref _slots[place], LinesOfSlot);
        }
    }

    /// <summary>Adds a series that is not known.</summary>
    /// <returns>Its place.</returns>
    public int Add(string category, string name, SourceId source, ItemId item)
    {
        MakeRoom();
        var place = _count++;
        ref var slot = ref _slots[place];
        slot.Name.Set(name, _categories.Add(category), Hash(name, source));
        if (!slot.Name.IsWhole)
        {
            RememberLong(place, name);
        }

        Enter(slot.Name.Hash, place);
        slot.Series = new Series { Item = item, Source = source, Place = place };
        if (!_places.TryAdd(new SeriesKey(item, source), place))
        {
            slot.Series.Place = _places[new SeriesKey(item, source)];
        }

        return place;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Series Meant(ref Series series, int place) => ref series.Place == place ? ref series : ref _slots[series.Place].Series;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Matches(ref Slot slot, int place, int category, string name, SourceId source) =>
        slot.Series.Source.Value == source.Value
        && slot.Name.Category == category
        && (slot.Name.IsWhole ? slot.Name.Is(name) : string.Equals(_longNames[place], name));

    // A row out of turn does not move the guess; a new order does.
    private void Learn(int found)
    {
        if (++_misses >= Patience)
        {
            (_next, _misses) = (found + 1, 0);
        }
    }

    private void MakeRoom()
    {
        if (_count >= _capacity || _categories.IsFull)
        {
            Clear();
        }

        if (_count == _slots.Length)
        {
            Array.Resize(ref _slots, Math.Min(2 * _count, Math.Max(_capacity, _count + 1)));
            _index = new uint[BitOperations.RoundUpToPowerOf2((uint)_slots.Length + ((uint)_slots.Length / 2))];
            for (var place = 0; place < _count; place++)
            {
                Enter(_slots[place].Name.Hash, place);
            }
        }
    }

    private void Enter(uint hash, int place)
    {
        var at = hash & (uint)(_index.Length - 1);
        while (_index[at] != 0)
        {
            at = (at + 1) & (uint)(_index.Length - 1);
        }

        _index[at] = (hash >> TagShift << TagShift) | (uint)(place + 1);
    }

    private void RememberLong(int place, string name)
    {
        if (place >= _longNames.Length)
        {
            Array.Resize(ref _longNames, _slots.Length);
        }

        _longNames[place] = name;
    }

    private void Clear()
    {
        Array.Clear(_index);
        Array.Clear(_longNames);
        _places.Clear();
        _categories.Clear();
        (_count, _next, _misses) = (0, 0, 0);
        Id = Interlocked.Increment(ref _lastId);
    }

    private struct Slot
    {
        public PackedName Name;
        public Series Series;
    }
}
