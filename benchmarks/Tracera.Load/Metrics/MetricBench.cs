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
    private readonly VolatilityMeter _meter = new(new LoadMeters());

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
        Engine = new VolatilityEngine(set, Writer, _meter, NullLogger<VolatilityEngine>.Instance);
        Book = new StreamBook(options, Writer, Clock);
        Figures = new StreamFigures(Book, Writer, new StoreFigures(Engine, Clock, _meter), Clock, _meter);
    }

    public LoadClock Clock { get; } = new(Instant);

    public IVolatilityMetric[] Metrics { get; }

    public FigureWriter Writer { get; }

    public VolatilityEngine Engine { get; }

    public StreamBook Book { get; }

    public StreamFigures Figures { get; }

    public static SeriesKey Series(int item) => new(new ItemId(item + 1), new SourceId(1));
}
