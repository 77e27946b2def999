using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Tracera.Testing;
using Tracera.Volatility.Cache;
using Tracera.Volatility.Figures;
using Tracera.Volatility.Worker;

namespace Tracera.Volatility.Tests.Support;

/// <summary>A worker on a manual clock with a store in memory, the real engine and the real cache.</summary>
internal sealed class WorkerRig : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly VolatilityWorker _worker;

    public WorkerRig(VolatilityOptions? options = null)
    {
        var wrapped = Options.Create(options ?? new VolatilityOptions());
        Book = new SeriesBook(wrapped, Meters.Volatility);
        Cache = new InProcessVolatilityCache(wrapped, Meters.Volatility, NullLogger<InProcessVolatilityCache>.Instance);
        var outlet = new FigureOutlet(Book, Cache, Meters.Volatility, OutletLog, Publisher);
        var store = new StoreFigures(TestEngine.Create(Meters, wrapped.Value), Clock, Meters.Volatility, History);
        var pass = new VolatilityPass(store, Book, outlet, wrapped, Clock, Meters.Volatility);
        _worker = new VolatilityWorker(pass, State, wrapped, Clock, Meters.Volatility, Log);
    }

    public ManualTimeProvider Clock { get; } = new(Some.Instant);

    public TestHistory History { get; } = new();

    public TestPublisher Publisher { get; } = new();

    public TestMeters Meters { get; } = new();

    public SeriesBook Book { get; }

    public InProcessVolatilityCache Cache { get; }

    public WorkerState State { get; } = new();

    public TestLogger<VolatilityWorker> Log { get; } = new();

    public TestLogger<FigureOutlet> OutletLog { get; } = new();

    public static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts without waiting for a pass.</summary>
    public Task BeginAsync() => _worker.StartAsync(Token);

    /// <summary>Starts, and runs the passes of the first 60 s until the rest is the interval.</summary>
    public async Task StartAsync()
    {
        await BeginAsync();
        await Clock.WhenTimersAsync(1, Token);
        foreach (var rest in (int[])[1, 2, 4, 8, 10, 10, 25])
        {
            await AdvanceAsync(TimeSpan.FromSeconds(rest));
        }
    }

    /// <summary>Moves the clock by one rest and waits for the end of the pass that begins then.</summary>
    public async Task AdvanceAsync(TimeSpan? by = null)
    {
        Clock.Advance(by ?? Interval);
        await Clock.WhenTimersAsync(1, Token);
    }

    /// <summary>Adds a tick of now.</summary>
    public void Tick(int item, decimal price) => History.Add(Some.Series(item), price, Clock.GetUtcNow());

    public Task StopAsync() => _worker.StopAsync(Token);

    public async ValueTask DisposeAsync()
    {
        History.Gate = Task.CompletedTask;
        await StopAsync();
        _worker.Dispose();
        Meters.Dispose();
    }
}
