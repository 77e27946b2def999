using System.Numerics;
using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>A growing map whose entries lie in the order of their arrival, for keys that come again in much the same order. Not thread-safe.</summary>
/// <remarks>
/// A venue answers in the same order in every cycle. The map therefore looks first at the entry behind the one that was found last, which costs one comparison
/// and no hash; only when that is another key does it hash. <see cref="Clear"/> keeps the memory, and touches the index alone unless entries hold references.
/// </remarks>
internal sealed class SlotMap<TKey, TValue, TComparer>
    where TKey : notnull
    where TComparer : struct, IEqualityComparer<TKey>
{
    private const int FirstSize = 16;
    private const int Patience = 8;
    private int[] _heads = new int[FirstSize];
    private Entry[] _entries = new Entry[FirstSize];
    private int _used;
    private int _removed;
    private int _guess;
    private int _misses;

    public int Count => _used - _removed;

    public bool TryGet(in TKey key, out TValue value)
    {
        var at = Find(key, out _);
        value = at < 0 ? default! : _entries[at].Value;
        return at >= 0;
    }

    /// <summary>The place of a key's value; when the key is new its value is the default. Valid until the next call.</summary>
    public ref TValue Slot(in TKey key, out bool isKnown)
    {
        var at = Find(key, out var hash);
        isKnown = at >= 0;
        if (isKnown)
        {
            return ref _entries[at].Value;
        }

        if (_used == _entries.Length)
        {
            Grow();
        }

        ref var head = ref _heads[hash & (_heads.Length - 1)];
        ref var entry = ref _entries[_used];
        (entry.Key, entry.Value, entry.Hash, entry.Next) = (key, default!, hash, head);
        head = ++_used;
        return ref entry.Value;
    }

    /// <summary>Takes a key out; its place is used again only after the map was cleared or has grown.</summary>
    public bool Remove(in TKey key, out TValue value)
    {
        var hash = default(TComparer).GetHashCode(key);
        ref var link = ref _heads[hash & (_heads.Length - 1)];
        while (link != 0)
        {
            ref var entry = ref _entries[link - 1];
            if (entry.Hash == hash && default(TComparer).Equals(entry.Key, key))
            {
                value = entry.Value;
                link = entry.Next;
                (entry.Key, entry.Value, entry.Next) = (default!, default!, Entry.Removed);
                _removed++;
                return true;
            }

            link = ref entry.Next;
        }

        value = default!;
        return false;
    }

    public void Clear()
    {
        if (_used == 0)
        {
            return;
        }

        Array.Clear(_heads);
        if (RuntimeHelpers.IsReferenceOrContainsReferences<Entry>())
        {
            Array.Clear(_entries, 0, _used);
        }

        (_used, _removed, _guess, _misses) = (0, 0, 0, 0);
    }

    // The hash is not computed, and 0, when the guess was right.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Find(in TKey key, out int hash)
    {
        var guess = _guess;
        if (guess < _used && _entries[guess].Next != Entry.Removed && default(TComparer).Equals(_entries[guess].Key, key))
        {
            (_guess, _misses, hash) = (guess + 1, 0, 0);
            return guess;
        }

        return FindByHash(key, out hash);
    }

    private int FindByHash(in TKey key, out int hash)
    {
        hash = default(TComparer).GetHashCode(key);
        var entries = _entries;
        for (var at = _heads[hash & (_heads.Length - 1)] - 1; (uint)at < (uint)entries.Length; at = entries[at].Next - 1)
        {
            ref var entry = ref entries[at];
            if (entry.Hash == hash && default(TComparer).Equals(entry.Key, key))
            {
                Learn(at);
                return at;
            }
        }

        return -1;
    }

    // A key out of turn does not move the guess; a new order does.
    private void Learn(int found)
    {
        if (++_misses >= Patience)
        {
            (_guess, _misses) = (found + 1, 0);
        }
    }

    private void Grow()
    {
        var entries = new Entry[_removed > _used / 2 ? _entries.Length : _entries.Length * 2];
        var heads = new int[(int)BitOperations.RoundUpToPowerOf2((uint)entries.Length)];
        var used = 0;
        foreach (ref var entry in _entries.AsSpan(0, _used))
        {
            if (entry.Next != Entry.Removed)
            {
                ref var head = ref heads[entry.Hash & (heads.Length - 1)];
                entries[used] = entry;
                entries[used].Next = head;
                head = ++used;
            }
        }

        (_entries, _heads, _used, _removed, _guess) = (entries, heads, used, 0, 0);
    }

    private struct Entry
    {
        public const int Removed = -1;
        public int Hash;
        public int Next;
        public TKey Key;
        public TValue Value;
    }
}
