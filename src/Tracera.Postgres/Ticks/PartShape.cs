namespace Tracera.Postgres;

/// <summary>What a writer must know of its ticks before it writes them: how many, and which minutes they touch. Used again for every batch.</summary>
internal sealed class PartShape
{
    private const long MicrosecondsPerMinute = 60 * UnixTime.MicrosecondsPerSecond;
    private readonly HashSet<int> _minutes = [];

    public int Count { get; private set; }

    /// <summary>Minutes since 1970-01-01 UTC.</summary>
    public IReadOnlyCollection<int> Minutes => _minutes;

    public void Measure(in TickPart part)
    {
        _minutes.Clear();
        var (count, last) = (0, int.MinValue);
        foreach (ref readonly var tick in part.Ticks.Span)
        {
            if (!part.Holds(tick))
            {
                continue;
            }

            count++;
            var minute = MinuteOf(tick.ObservedAtMicroseconds);
            if (minute != last)
            {
                _minutes.Add(minute);
                last = minute;
            }
        }

        Count = count;
    }

    private static int MinuteOf(long microseconds)
    {
        var (whole, rest) = Math.DivRem(microseconds, MicrosecondsPerMinute);
        return (int)(rest < 0 ? whole - 1 : whole);
    }
}
