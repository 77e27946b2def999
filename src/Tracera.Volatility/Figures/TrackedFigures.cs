namespace Tracera.Volatility.Figures;

/// <summary>What is known of one series: its newest figures, which of them were published, and when it last changed.</summary>
internal sealed class TrackedFigures
{
    // A tick may be observed this much ahead of the clock and enters its window only when its time has come.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(5);

    private readonly VolatilitySnapshot?[] _newest = new VolatilitySnapshot?[Window.All.Length];
    private int _unpublished;

    /// <summary>When the store last named the series as changed.</summary>
    public DateTimeOffset ChangedAt { get; set; }

    /// <summary>Whether no window holds a tick and none can come to hold one by time alone.</summary>
    public bool IsSilent => Array.TrueForAll(_newest, snapshot => snapshot is null or { Count: 0 } && !MayStillFill(snapshot));

    /// <summary>Whether figures say something else than those published before.</summary>
    public bool IsNews(VolatilitySnapshot snapshot)
    {
        var known = _newest[snapshot.Window.Index];
        return known is null
            ? snapshot.Count > 0
            : (_unpublished & Bit(snapshot)) != 0 || !FigureEquality.AreEqual(known, snapshot);
    }

    /// <summary>Whether a window's last bucket began after its figures were computed, so that they may change without a tick.</summary>
    public bool HasSlid(Window window, DateTimeOffset lastBucket) =>
        _newest[window.Index] is { } known && known.ComputedAt < lastBucket && (known.Count > 0 || MayStillFill(known));

    /// <summary>Keeps figures.</summary>
    /// <param name="snapshot">The figures.</param>
    /// <param name="published">Whether listeners know them, because they were published or say nothing new.</param>
    public void Remember(VolatilitySnapshot snapshot, bool published)
    {
        _newest[snapshot.Window.Index] = snapshot;
        _unpublished = published ? _unpublished & ~Bit(snapshot) : _unpublished | Bit(snapshot);
    }

    private static int Bit(VolatilitySnapshot snapshot) => 1 << snapshot.Window.Index;

    private bool MayStillFill(VolatilitySnapshot? known) => known is not null && known.ComputedAt - ChangedAt <= ClockTolerance;
}
