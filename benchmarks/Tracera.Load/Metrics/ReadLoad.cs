using System.Diagnostics;
using Tracera.Volatility.Engine;

namespace Tracera.Load;

/// <summary>All figures of 1,000 series out, whose windows are full: after every tick, each series having one every 10 s, or of series of which nothing is kept.</summary>
internal sealed class ReadLoad
{
    /// <summary>How many series there are.</summary>
    public const int Items = 1_000;

    // So few that one processor reads them on its own.
    private const int Page = 50;
    private const int Steps = 12;
    private const long Step = 10_000_000;
    private readonly MetricBench _bench = new();
    private readonly BarFeed _feed = new(1);
    private readonly SeriesKey[] _series = [.. Enumerable.Range(0, Items).Select(MetricBench.Series)];
    private readonly PriceTick[] _ticks = new PriceTick[Items];
    private readonly WindowFigures[] _figures = new WindowFigures[Page * Window.All.Length];
    private readonly int[] _read = new int[Page];
    private readonly double[] _values;
    private readonly DateTimeOffset[] _told = new DateTimeOffset[Window.All.Length];
    private long _at = UnixTime.ToMicroseconds(MetricBench.Instant);

    public ReadLoad()
    {
        _values = new double[_bench.Writer.Fields.Length];
        _bench.Warm(Items, _feed);
        Tell();
    }

    /// <summary>Two minutes of ticks, and after each step all figures: microseconds a series and step. What the ticks themselves cost does not count.</summary>
    public double AfterTicks()
    {
        var elapsed = TimeSpan.Zero;
        for (var step = 0; step < Steps; step++)
        {
            Offer();
            Tell();
            elapsed += Read();
        }

        return elapsed.TotalMicroseconds / Steps / Items;
    }

    /// <summary>Microseconds a series that was filled anew.</summary>
    public double Anew()
    {
        foreach (var series in _series)
        {
            _bench.Book.Distrust(series);
        }

        _bench.Warm(Items, _feed);
        Array.Clear(_told);
        Tell();
        return Read().TotalMicroseconds / Items;
    }

    private TimeSpan Read()
    {
        var (startedAt, windows) = (Stopwatch.GetTimestamp(), 0);
        for (var from = 0; from < Items; from += Page)
        {
            _bench.Book.Read(_series.AsMemory(from, Page), Window.All, _bench.Clock.Now, _figures, _read);
            foreach (ref readonly var window in _figures.AsSpan())
            {
                _bench.Writer.Write(window, _values);
            }

            foreach (var read in _read)
            {
                windows += int.PopCount(read);
            }
        }

        var elapsed = Stopwatch.GetElapsedTime(startedAt);
        WrongCountException.ThrowUnless(Items * Window.All.Length, windows, "Windows that were read");
        return elapsed;
    }

    private void Offer()
    {
        _at += Step;
        _bench.Clock.Now = UnixTime.FromMicroseconds(_at);
        for (var item = 0; item < Items; item++)
        {
            _ticks[item] = new PriceTick(_series[item].Item, _series[item].Source, new decimal(10_000 + (int)((item + _at) % 977), 0, 0, false, 2), null, _at, _at);
        }

        var (repeated, refused) = _bench.Book.Offer(_ticks);
        WrongCountException.ThrowUnless(0, repeated + refused, "Ticks that repeat others or have no room");
    }

    // Of a window that slid over bars only the store can tell the price at its start, as it does in a host once for each step of a window.
    private void Tell()
    {
        foreach (var window in Window.All)
        {
            var start = window.StartAt(_bench.Clock.Now);
            if (_told[window.Index] != start)
            {
                _told[window.Index] = start;
                foreach (var series in _series)
                {
                    _bench.Book.Tell(new SeriesWindow(series, window, start, default, 100m));
                }
            }
        }
    }
}
