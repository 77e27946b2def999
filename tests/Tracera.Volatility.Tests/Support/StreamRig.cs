using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracera.Testing;
using Tracera.Volatility.Cache;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Figures;
using Tracera.Volatility.Streaming;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Tests.Support;

/// <summary>Streaming on a manual clock with a store in memory, its sink and its passes called one by one.</summary>
internal sealed class StreamRig : IDisposable
{
    private readonly StreamPass _pass;
    private readonly VolatilityEngine _engine;
    private int _batches;

    public StreamRig(VolatilityOptions? options = null, params IVolatilityMetric[] more)
    {
        options ??= new VolatilityOptions();
        options.Mode = VolatilityMode.Streaming;
        var wrapped = Options.Create(options);
        var set = TestEngine.Set([.. TestEngine.Metrics(wrapped), .. more]);
        var writer = new FigureWriter(set, wrapped);
        _engine = new VolatilityEngine(set, writer, Meters.Volatility, NullLogger<VolatilityEngine>.Instance);
        Stream = new StreamBook(wrapped, writer, Clock);
        Sink = new VolatilitySink(Stream, wrapped);
        Book = new SeriesBook(wrapped, Meters.Volatility);
        Cache = new InProcessVolatilityCache(wrapped, Meters.Volatility, NullLogger<InProcessVolatilityCache>.Instance);
        var store = new StoreFigures(_engine, Clock, Meters.Volatility, History);
        var figures = new StreamFigures(Stream, writer, store, Clock, Meters.Volatility);
        var outlet = new FigureOutlet(Book, Cache, Meters.Volatility, NullLogger<FigureOutlet>.Instance, Publisher);
        var comparison = new StreamComparison(Stream, figures, _engine, wrapped, Clock, Meters.Volatility, ComparisonLog);
        _pass = new StreamPass(
            Stream, new SeriesFiller(Stream, Clock, Meters.Volatility), figures, store, comparison, Book, outlet, wrapped, Clock, Meters.Volatility, Log);
    }

    public ManualTimeProvider Clock { get; } = new(Some.Instant);

    public TestHistory History { get; } = new();

    public TestPublisher Publisher { get; } = new();

    public TestMeters Meters { get; } = new();

    public StreamBook Stream { get; }

    public VolatilitySink Sink { get; }

    public SeriesBook Book { get; }

    public InProcessVolatilityCache Cache { get; }

    public TestLogger<StreamPass> Log { get; } = new();

    public TestLogger<StreamComparison> ComparisonLog { get; } = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A tick that the store and the sink get.</summary>
    public async Task<WriteOutcome> TickAsync(int item, decimal price, DateTimeOffset? observedAt = null)
    {
        History.Add(Some.Series(item), price, observedAt ?? Clock.GetUtcNow(), Clock.GetUtcNow());
        return await OfferAsync(item, price, observedAt);
    }

    /// <summary>A tick that only the sink gets.</summary>
    public async Task<WriteOutcome> OfferAsync(int item, decimal price, DateTimeOffset? observedAt = null)
    {
        var now = Clock.GetUtcNow();
        var tick = new PriceTick(new ItemId(item), new SourceId(1), price, null, UnixTime.ToMicroseconds(observedAt ?? now), UnixTime.ToMicroseconds(now));
        var id = new Guid(++_batches, 0, 0, new byte[8]);
        return await Sink.WriteAsync(new PriceBatch(id, RunId.New(now), "test", new[] { tick }), Token);
    }

    /// <summary>One pass, after the clock has moved.</summary>
    /// <returns>What was published.</returns>
    public async Task<VolatilitySnapshot[]> PassAsync(TimeSpan after = default)
    {
        Clock.Advance(after);
        await _pass.RunAsync(Clock.GetUtcNow() - TimeSpan.FromDays(31), Token);
        return Publisher.Take();
    }

    /// <summary>What the stored ticks say of a window now.</summary>
    public async Task<VolatilitySnapshot> StoredAsync(int item, Window window)
    {
        await foreach (var bars in History.ReadWindowsAsync([Some.Series(item)], window, Clock.GetUtcNow(), Token))
        {
            return _engine.Compute(bars, Clock.GetUtcNow());
        }

        throw new InvalidOperationException("The store answers for every series.");
    }

    public void Dispose() => Meters.Dispose();
}
