namespace Tracera.Ingestion;

/// <summary>A bounded map that forgets what was not used for longest, half of it at a time. It allocates nothing once it has grown. Not thread-safe.</summary>
/// <remarks>How keys are compared is a type, so that no comparison is a call through an interface.</remarks>
internal sealed class GenerationCache<TKey, TValue, TComparer>(int capacity)
    where TKey : notnull
    where TComparer : struct, IEqualityComparer<TKey>
{
    private readonly int _half = Math.Max(1, capacity / 2);
    private SlotMap<TKey, TValue, TComparer> _young = new();
    private SlotMap<TKey, TValue, TComparer> _old = new();

    public int Count => _young.Count + _old.Count;

    public bool TryGet(in TKey key, out TValue value)
    {
        if (_young.TryGet(key, out value))
        {
            return true;
        }

        if (_old.Count == 0 || !_old.Remove(key, out value))
        {
            return false;
        }

        Slot(key, out _) = value;
        return true;
    }

    /// <summary>The place of a key's value; when the key is new its value is the default. Valid until the next call.</summary>
    public ref TValue Slot(in TKey key, out bool isKnown)
    {
        if (_young.Count >= _half)
        {
            Rotate(key);
        }

        ref var slot = ref _young.Slot(key, out isKnown);
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

    private void Rotate(in TKey key)
    {
        if (!_young.TryGet(key, out _))
        {
            _old.Clear();
            (_young, _old) = (_old, _young);
        }
    }
}
