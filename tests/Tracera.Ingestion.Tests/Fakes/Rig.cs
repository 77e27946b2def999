using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests;

/// <summary>A host with the ingestion, a store in memory and a clock that the test moves.</summary>
internal sealed class Rig : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(20);
    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
    private IHost? _host;
    private bool _isStarted;

    public Rig()
    {
        Durable = new FakeSink(OutsideLedger.Durable, Outside);
        Store.OnRowEnded = Outside.RowEnds;
        _builder.Services.AddSingleton<TimeProvider>(Clock);
        _builder.Services.AddSingleton<IItemCatalog>(Store).AddSingleton<IRunLog>(Store).AddSingleton<IProviderLeases>(Store);
        Tracera = _builder.Services.AddTracera(options => options.InstanceName = "me");
        Tracera.AddIngestion();
        Tracera.AddSink(new SinkRegistration(OutsideLedger.Durable, _ => Durable, IsDurable: true));
    }

    public ManualTimeProvider Clock { get; } = new();

    public FakeStore Store { get; } = new();

    public OutsideLedger Outside { get; } = new();

    /// <summary>Whether the rig holds the ledger against the outside one at its quiet points; a test that plants defects does so itself.</summary>
    public bool IsAudited { get; set; } = true;

    /// <summary>How often it did.</summary>
    public int Audits { get; private set; }

    public FakeSink Durable { get; }

    public ITraceraBuilder Tracera { get; }

    public IServiceCollection Services => _builder.Services;

    public IIngestionControl Control => _host!.Services.GetRequiredService<IIngestionControl>();

    public IOptionsMonitor<T> Options<T>() => _host!.Services.GetRequiredService<IOptionsMonitor<T>>();

    public int JournalDepth => Provided.GetRequiredService<RunJournal>().Depth;

    public IServiceProvider Provided => _host!.Services;

    public T Add<T>(string name, T provider, Action<ProviderOptions>? configure = null)
        where T : class
    {
        Count(name, provider);
        Tracera.AddProvider(new ProviderRegistration(name, _ => provider, options =>
        {
            options.Jitter = 0;
            configure?.Invoke(options);
        }));
        return provider;
    }

    public FakeSink AddSink(string name, Action<SinkOptions>? configure = null)
    {
        var sink = new FakeSink(name, Outside);
        Tracera.AddSink(new SinkRegistration(name, _ => sink, Configure: configure));
        return sink;
    }

    public Rig Configure(string key, string value)
    {
        _builder.Configuration.AddInMemoryCollection([new($"Tracera:{key}", value)]);
        return this;
    }

    public async Task StartAsync()
    {
        _host = _builder.Build();
        await _host.StartAsync(TestContext.Current.CancellationToken);
        _isStarted = true;
    }

    /// <summary>Stops the host while its clock stands still: whatever can drain, drains.</summary>
    public async Task StopAsync()
    {
        await _host!.StopAsync(TestContext.Current.CancellationToken);
        Audit(isStopped: true);
    }

    /// <summary>Stops the host while its clock runs, so that deadlines and pauses pass.</summary>
    public async Task StopAtDeadlineAsync()
    {
        await StopRunningAsync(TestContext.Current.CancellationToken);
        Audit(isStopped: true);
    }

    /// <summary>Lets the clock run until something has happened.</summary>
    public async Task RunUntilAsync(Task happened)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        for (var steps = 0; !happened.IsCompleted;)
        {
            patience.Token.ThrowIfCancellationRequested();
            await StepAsync(TimeSpan.FromMilliseconds(100), ++steps);
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        }

        await happened;
        AuditIfQuiet();
    }

    /// <summary>Lets the clock run for a while.</summary>
    public async Task RunForAsync(TimeSpan span)
    {
        var end = Clock.GetUtcNow() + span;
        for (var steps = 0; Clock.GetUtcNow() < end;)
        {
            await StepAsync(TimeSpan.FromMilliseconds(500), ++steps);
        }

        AuditIfQuiet();
    }

    /// <summary>Holds the ledger against the outside one, if nothing is under way.</summary>
    public void AuditIfQuiet()
    {
        if (IsAudited && _isStarted && IsQuiet(out var before))
        {
            var violations = Outside.Violations(before, comparesOffers: false, isStopped: false);
            if (IsQuiet(out var after) && Same(before, after))
            {
                Fail(violations);
            }
        }
    }

    public LogBook AddLogBook(LogLevel minimum = LogLevel.Trace)
    {
        var book = new LogBook(minimum);
        _builder.Logging.SetMinimumLevel(minimum).AddProvider(book);
        return book;
    }

    /// <summary>Lets what the clock has set in motion go on before it moves again.</summary>
    public static async Task SettleAsync()
    {
        for (var turn = 0; turn < 4 || (turn < 64 && ThreadPool.PendingWorkItemCount > 0); turn++)
        {
            await Task.Yield();
        }
    }

    public SinkLedger Ledger(string sink) => Control.GetPipeline().Sinks.Single(ledger => ledger.Sink == sink);

    public ProviderLedger ProviderLedger(string provider) => Control.GetPipeline().Providers.Single(ledger => ledger.Provider == provider);

    public ProviderStatus Status(string provider) => Control.GetProviders().Single(status => status.Name == provider);

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await StopRunningAsync(CancellationToken.None);
            try
            {
                Audit(isStopped: true);
            }
            finally
            {
                _host.Dispose();
            }
        }
    }

    private async Task StepAsync(TimeSpan step, int number)
    {
        Clock.Advance(step);
        await SettleAsync();
        if (number % 4 == 0)
        {
            // A pace, not a wait: whatever it lets happen is awaited by its own signal. Without it the clock outruns, by minutes, threads that wait for a processor and
            // real timers and disks that no signal of the pool tells of.
            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }

    // What the stop has set going is given time before the clock moves: the deadline is for what waits, not for what is late on a busy machine, and so is the little that follows it.
    private async Task StopRunningAsync(CancellationToken cancellationToken)
    {
        var stop = _host!.StopAsync(cancellationToken);
        var deadline = Clock.GetUtcNow() + Provided.GetRequiredService<IOptions<TraceraOptions>>().Value.DrainTimeout;
        while (!stop.IsCompleted)
        {
            await Task.WhenAny(stop, Task.Delay(Patience, CancellationToken.None));
            Clock.Advance(TimeSpan.FromMilliseconds(Clock.GetUtcNow() < deadline ? 1_000 : 100));
        }

        await stop;
    }

    private void Count(string name, object provider)
    {
        switch (provider)
        {
            case ScriptedProvider scripted:
                scripted.Outside = Outside;
                break;
            case StreamingProvider streaming:
                streaming.Outside = Outside;
                break;
            default:
                return;
        }

        Outside.Knows(name);
    }

    private void Audit(bool isStopped)
    {
        if (IsAudited && _isStarted)
        {
            Fail(Outside.Violations(Control.GetPipeline(), comparesOffers: isStopped, isStopped));
        }
    }

    private void Fail(IReadOnlyList<string> violations)
    {
        Audits++;
        Assert.True(violations.Count == 0, "The ledger is not equal to the outside one: " + string.Join("; ", violations));
    }

    private bool IsQuiet(out PipelineSnapshot pipeline)
    {
        pipeline = Control.GetPipeline();
        return JournalDepth == 0
            && Store.Runs.All(run => run.State != RunState.Running)
            && Control.GetProviders().All(provider => provider.State != ProviderState.Running)
            && pipeline.Queues.All(queue => queue.Depth == 0)
            && pipeline.Sinks.All(sink => sink.Buffered == 0);
    }

    private static bool Same(PipelineSnapshot left, PipelineSnapshot right) =>
        left.Sinks.SequenceEqual(right.Sinks) && left.Providers.Select(Counts).SequenceEqual(right.Providers.Select(Counts));

    private static (long Fetched, long Rejected, long Deduplicated, long Dispatched, long Lost) Counts(ProviderLedger ledger) =>
        (ledger.Fetched, ledger.Rejected, ledger.Deduplicated, ledger.Dispatched, ledger.Lost);
}
