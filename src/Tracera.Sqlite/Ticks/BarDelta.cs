namespace Tracera.Sqlite;

/// <summary>What a batch means for one bucket.</summary>
/// <param name="Series">The series.</param>
/// <param name="Kind">How its volumes combine.</param>
/// <param name="Start">The bucket's start, in microseconds.</param>
/// <param name="Added">The new ticks as a bar; null when there are only corrections.</param>
/// <param name="HasCorrections">Whether ticks that were known have changed.</param>
/// <param name="First">The first change of the bucket.</param>
/// <param name="Last">The last one.</param>
internal sealed record BarDelta(
    SeriesKey Series, VolumeKind Kind, long Start, BarState? Added, bool HasCorrections, int First, int Last)
{
    public BarDelta Widen(BarLevel level) => this with { Start = level.Floor(Start), Added = Added?.Widen(level) };

    /// <summary>This and a later part of the same bucket as one.</summary>
    public BarDelta Merge(BarDelta later) => this with
    {
        Added = Added is null || later.Added is null ? Added ?? later.Added : Added.Merge(later.Added, Kind),
        HasCorrections = HasCorrections || later.HasCorrections,
        Last = later.Last,
    };
}
