namespace Tracera.Sqlite;

/// <summary>The latest ticks of a series.</summary>
/// <param name="Latest">The newest tick of all.</param>
/// <param name="Settled">Where that one was ahead of the clock when it was written: the newest that was not. Null otherwise, or when there is none.</param>
/// <param name="LastReceivedAt">The latest receipt of any tick, in microseconds.</param>
internal readonly record struct SeriesState(PriceTick Latest, PriceTick? Settled, long LastReceivedAt);
