using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Numbers the few categories of a provider. Not thread-safe.</summary>
internal sealed class CategoryList
{
    private const int Unknown = -1;
    private const int MaxCategories = 4096;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private string? _last;
    private int _lastNumber = Unknown;

    public bool IsFull => _numbers.Count >= MaxCategories;

    /// <summary>The number of a category; below zero when it has none.</summary>
    public int Find(string? category) => ReferenceEquals(category, _last) ? _lastNumber : FindOther(category);

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
        (_last, _lastNumber) = (null, Unknown);
    }

    // Apart, so that what is looked up for nearly every row stays small.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private int FindOther(string? category)
    {
        if (category is null || !_numbers.TryGetValue(category, out var number))
        {
            return Unknown;
        }

        (_last, _lastNumber) = (category, number);
        return number;
    }
}
