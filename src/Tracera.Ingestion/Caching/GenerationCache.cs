using System.Runtime.InteropServices;

namespace Tracera.Ingestion;

/// <summary>A bounded map that forgets what was not used for longest, half of it at a time. It allocates nothing once it has grown. Not thread-safe.</summary>
internal sealed class GenerationCache<TKey, TValue>(int capacity, IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly int _half = Math.Max(1, capacity / 2);
    private Dictionary<TKey, TValue> _young = new(comparer);
    private Dictionary<TKey, TValue> _old = new(comparer);

    public int Count => _young.Count + _old.Count;

    public bool TryGet(TKey key, out TValue value)
    {
        if (_young.TryGetValue(key, out value!))
        {
            return true;
        }

        if (_old.Count == 0 || !_old.Remove(key, out value!))
        {
            return false;
        }

        Slot(key, out _) = value;
        return true;
    }

    /// <summary>The place of a key's value; when the key is new its value is the default. Valid until the next call.</summary>
    public ref TValue Slot(TKey key, out bool isKnown)
    {
        if (_young.Count >= _half)
        {
            Rotate(key);
        }

        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(_young, key, out isKnown)!;
        if (!isKnown && _old.Count > 0 && _old.Remove(key, out var value))
        {
            slot = value;
            isKnown = true;
        }

        return ref slot!;
    }

    public void Clear()
    {
        _young.Clear();
        _old.Clear();
    }

    private void Rotate(TKey key)
    {
        if (!_young.ContainsKey(key))
        {
            _old.Clear();
            (_young, _old) = (_old, _young);
        }
    }
}
