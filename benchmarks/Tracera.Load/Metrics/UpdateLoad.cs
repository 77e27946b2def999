using System.Diagnostics;
using Tracera.Volatility.Engine;

namespace Tracera.Load;

/// <summary>Ticks of 10,000 series whose windows are full, each every 10 s, in batches of 1,000: what passing through the streaming engine costs.</summary>
internal sealed class UpdateLoad
{
    private const int Items = 10_000;
    private const int Rounds = 12;
    private const int Batch = 1_000;
    private const long Step = 10_000_000;
    private readonly MetricBench _bench = new();
    private readonly PriceTick[] _ticks = new PriceTick[Items];
    private readonly List<SeriesKey> _changed = new(Items);
    private long _at = UnixTime.ToMicroseconds(MetricBench.Instant);
    private long _known;
    private long _offered;

    public UpdateLoad()
    {
        _bench.Warm(Items, new BarFeed(1));
        _known = Counted();
    }

    /// <summary>Two minutes of ticks.</summary>
    /// <returns>Nanoseconds and bytes a tick.</returns>
    public (double Nanoseconds, double Bytes) Run()
    {
        var (elapsed, bytes) = (TimeSpan.Zero, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            Make();
            var (allocated, startedAt) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());
            for (var from = 0; from < Items; from += Batch)
            {
                _offered += Batch;
                var (repeated, refused) = _bench.Book.Offer(_ticks.AsSpan(from, Batch));
                WrongCountException.ThrowUnless(0, repeated + refused, "Ticks that repeat others or have no room");
            }

            elapsed += Stopwatch.GetElapsedTime(startedAt);
            bytes += GC.GetAllocatedBytesForCurrentThread() - allocated;
            if (Window.Day30.Level.Floor(_at) == _at)
            {
                // The window has slid and let its oldest ticks go, so counting begins anew.
                (_known, _offered) = (Counted(), 0);
            }
        }

        _changed.Clear();
        _bench.Book.TakeChanged(_changed);
        WrongCountException.ThrowUnless(Items, _changed.Count, "Series that changed");
        return (elapsed.TotalNanoseconds / Rounds / Items, (double)bytes / Rounds / Items);
    }

    /// <summary>Every tick must be in the longest window.</summary>
    public void Check()
    {
        var counted = Counted();
        WrongCountException.ThrowUnless(_known + _offered, counted, "Ticks in the window of 30 days");
    }

    private long Counted()
    {
        var counted = 0L;
        var (figures, read) = (new WindowFigures[1], new int[1]);
        for (var item = 0; item < Items; item++)
        {
            // Whether the window's first tick stands just at its start only the store can tell.
            var series = MetricBench.Series(item);
            _bench.Book.Tell(new SeriesWindow(series, Window.Day30, Window.Day30.StartAt(_bench.Clock.Now), default, 100m));
            _bench.Book.Read(new[] { series }, [Window.Day30], _bench.Clock.Now, figures, read);
            counted += figures[0].Moments.Count;
        }

        return counted;
    }

    private void Make()
    {
        if (Window.Day30.Level.Floor(_at + Step) == _at + Step)
        {
            Check();
        }

        _at += Step;
        _bench.Clock.Now = UnixTime.FromMicroseconds(_at);
        for (var item = 0; item < Items; item++)
        {
            var series = MetricBench.Series(item);
            _ticks[item] = new PriceTick(series.Item, series.Source, new decimal(10_000 + (int)((item + _at) % 977), 0, 0, false, 2), null, _at - item, _at);
        }
    }
}
