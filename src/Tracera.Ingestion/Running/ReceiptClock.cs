using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Says when a row was received: never earlier than the row before, and read anew after every wait and every few rows of those that come without one.</summary>
/// <remarks>Rows that come fast share one look in larger numbers: a time of receipt may lie some microseconds back, and looking stays a small part of what a row costs. Not thread-safe.</remarks>
internal sealed class ReceiptClock(TimeProvider time)
{
    private const int MinRows = 32;
    private const int MaxRows = 128;
    private const long FastMicroseconds = 50;
    private long _now;
    private long _seenAt;
    private int _rows = MinRows;
    private int _left;

    /// <summary>The time of receipt of the row at hand in microseconds.</summary>
    public long Next() => --_left >= 0 ? _now : Look();

    /// <summary>Begins a cycle, whose times may lie before those of the one before where the clock was put back.</summary>
    public void Begin() => (_now, _rows, _left) = (0, MinRows, 0);

    /// <summary>Time may have passed.</summary>
    public void Stale() => _left = 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Look()
    {
        var (before, seenAt) = (_now, time.GetTimestamp());

        // Where the clock was put back it goes on by the time that has passed.
        var passed = before == 0 ? 0 : (long)time.GetElapsedTime(_seenAt, seenAt).TotalMicroseconds;
        (_now, _seenAt) = (Math.Max(before + passed, UnixTime.ToMicroseconds(time.GetUtcNow())), seenAt);
        _rows = _now - before < FastMicroseconds ? Math.Min(2 * _rows, MaxRows) : MinRows;
        _left = _rows - 1;
        return _now;
    }
}
