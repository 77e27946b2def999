using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracera.Volatility;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Metrics.Bollinger;
using Tracera.Volatility.Metrics.Cov;
using Tracera.Volatility.Metrics.EwmaVol;
using Tracera.Volatility.Metrics.LogReturnVol;
using Tracera.Volatility.Metrics.PercentChange;
using Tracera.Volatility.Metrics.StdDev;
using Tracera.Volatility.Metrics.Trend;
using Tracera.Volatility.Metrics.VolatilityScore;
using Tracera.Volatility.Streaming;
using Tracera.Volatility.Telemetry;
using Tracera.Volatility.Worker;

namespace Tracera.Load;

/// <summary>The parts of volatility that are measured, with the metrics that the package registers, on a clock of their own.</summary>
internal sealed class MetricBench
{
    public static readonly DateTimeOffset Instant = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public MetricBench()
    {
        var options = Options.Create(new VolatilityOptions { MaxSeries = 1_000_000 });
        Metrics =
        [
            new StdDevMetric(), new BollingerMetric(options), new PercentChangeMetric(), new CovMetric(), new TrendMetric(), new LogReturnVolMetric(), new EwmaVolMetric(),
            new VolatilityScoreMetric(options),
        ];
        var set = new MetricSet(Metrics.Select(metric => new MetricRegistration(_ => metric)), null!);
        Writer = new FigureWriter(set, options);
        Engine = new VolatilityEngine(set, Writer, Meter, NullLogger<VolatilityEngine>.Instance);
        Book = new StreamBook(options, Writer, Clock);
        Figures = new StreamFigures(Book, Writer, new StoreFigures(Engine, Clock, Meter), Clock, Meter);
    }

    public VolatilityMeter Meter { get; } = new(new LoadMeters());

    public LoadClock Clock { get; } = new(Instant);

    public IVolatilityMetric[] Metrics { get; }

    public FigureWriter Writer { get; }

    public VolatilityEngine Engine { get; }

    public StreamBook Book { get; }

    public StreamFigures Figures { get; }

    /// <summary>Makes series live whose windows hold what the feed makes, as a host does that reads them from its store.</summary>
    public void Warm(int items, BarFeed feed)
    {
        for (var item = 0; item < items; item++)
        {
            var series = Series(item);
            Book.Admit(series);
            foreach (var window in feed.Windows(item))
            {
                Book.Take(window);
            }

            WrongCountException.ThrowUnless(1, Book.TryRevive(series, feed.Latest(item), Clock.GetUtcNow()) ? 1 : 0, "Series that are live");
        }
    }

    public static SeriesKey Series(int item) => new(new ItemId(item + 1), new SourceId(1));
}
