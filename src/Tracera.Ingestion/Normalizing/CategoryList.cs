namespace Tracera.Ingestion;

/// <summary>Numbers the few categories of a provider. Not thread-safe.</summary>
internal sealed class CategoryList
{
    private const int MaxCategories = 4096;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private string? _last;
    private int _lastNumber;

    public bool IsFull => _numbers.Count >= MaxCategories;

    /// <summary>The number of a category; below zero when it has none.</summary>
    public int Find(string category)
    {
        if (ReferenceEquals(category, _last))
        {
            return _lastNumber;
        }

        if (!_numbers.TryGetValue(category, out var number))
        {
            return -1;
        }

        (_last, _lastNumber) = (category, number);
        return number;
    }

    /// <summary>Gives a category its number.</summary>
    public int Add(string category)
    {
        if (!_numbers.TryGetValue(category, out var number))
        {
            _numbers.Add(category, number = _numbers.Count);
        }

        return number;
    }

    public void Clear()
    {
        _numbers.Clear();
        _last = null;
    }
}
