using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Says when a row was received: never earlier than the row before, and read anew after every wait and every few rows of those that come without one.</summary>
/// <remarks>Not thread-safe.</remarks>
internal sealed class ReceiptClock(TimeProvider time)
{
    private const int RowsBetweenLooks = 32;
    private long _now;
    private int _left;

    /// <summary>The time of receipt of the row at hand in microseconds.</summary>
    public long Next() => --_left >= 0 ? _now : Look();

    /// <summary>Time may have passed.</summary>
    public void Stale() => _left = 0;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long Look()
    {
        _left = RowsBetweenLooks - 1;
        return _now = Math.Max(_now, UnixTime.ToMicroseconds(time.GetUtcNow()));
    }
}
