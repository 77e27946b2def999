namespace Tracera;

/// <summary>The figures of one series in one window at one instant. Immutable.</summary>
public sealed class VolatilitySnapshot
{
    private readonly IReadOnlyList<string> _fields;
    private readonly ReadOnlyMemory<double> _values;

    /// <summary>Makes a snapshot.</summary>
    /// <param name="series">The item and source.</param>
    /// <param name="window">The window.</param>
    /// <param name="count">The number of ticks in the window.</param>
    /// <param name="mean">Their mean; <see cref="double.NaN"/> when there is none.</param>
    /// <param name="fields">The names of the figures, shared by all snapshots of an engine.</param>
    /// <param name="values">The figures; <see cref="double.NaN"/> where one does not exist. The memory is not copied and must not change.</param>
    /// <param name="computedAt">The instant that the window ends at.</param>
    /// <exception cref="ArgumentException">There is not one value for each field.</exception>
    public VolatilitySnapshot(
        SeriesKey series,
        Window window,
        long count,
        double mean,
        IReadOnlyList<string> fields,
        ReadOnlyMemory<double> values,
        DateTimeOffset computedAt)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(fields);
        if (fields.Count != values.Length)
        {
            throw new ArgumentException($"There are {values.Length} values for {fields.Count} fields.", nameof(values));
        }

        Series = series;
        Window = window;
        Count = count;
        Mean = NullIfNaN(mean);
        ComputedAt = computedAt;
        _fields = fields;
        _values = values;
    }

    /// <summary>The item and source.</summary>
    public SeriesKey Series { get; }

    /// <summary>The window.</summary>
    public Window Window { get; }

    /// <summary>n, the number of ticks in the window.</summary>
    public long Count { get; }

    /// <summary>The mean price; null when there is none.</summary>
    public double? Mean { get; }

    /// <summary>The instant that the window ends at.</summary>
    public DateTimeOffset ComputedAt { get; }

    /// <summary>The names of the figures.</summary>
    public IReadOnlyList<string> Fields => _fields;

    /// <summary>One figure.</summary>
    /// <param name="field">Its name, for example one of <see cref="MetricFields"/>.</param>
    /// <returns>The figure; null when it does not exist here or no metric computes it.</returns>
    public double? this[string field]
    {
        get
        {
            for (var i = 0; i < _fields.Count; i++)
            {
                if (_fields[i] == field)
                {
                    return ValueAt(i);
                }
            }

            return null;
        }
    }

    /// <summary>The figure at a place of <see cref="Fields"/>.</summary>
    /// <param name="index">The place.</param>
    /// <returns>The figure; null when it does not exist.</returns>
    public double? ValueAt(int index) => NullIfNaN(_values.Span[index]);

    private static double? NullIfNaN(double value) => double.IsFinite(value) ? value : null;
}
