namespace Tracera.Volatility.Cache;

/// <summary>The newest figures of one series, a place for each window. One writer at a time, any number of readers.</summary>
internal sealed class SourceFigures(SourceId source)
{
    private readonly VolatilitySnapshot?[] _newest = new VolatilitySnapshot?[Window.All.Length];

    /// <summary>The source of the series.</summary>
    public SourceId Source { get; } = source;

    /// <summary>Whether no window holds a tick.</summary>
    public bool IsEmpty => Array.TrueForAll(_newest, snapshot => snapshot is null or { Count: 0 });

    /// <summary>The newest figures of a window, or null.</summary>
    public VolatilitySnapshot? this[Window window] => Volatile.Read(ref _newest[window.Index]);

    /// <summary>Keeps figures unless newer ones are there.</summary>
    public void Put(VolatilitySnapshot snapshot)
    {
        ref var place = ref _newest[snapshot.Window.Index];
        if (place is null || place.ComputedAt <= snapshot.ComputedAt)
        {
            Volatile.Write(ref place, snapshot);
        }
    }
}
