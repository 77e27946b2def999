using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Makes the sinks, runs their pumps, and lets them drain at stop.</summary>
internal sealed class SinkPumps(
    IServiceProvider services,
    IEnumerable<SinkRegistration> registrations,
    IOptionsMonitor<SinkOptions> sinkOptions,
    IOptions<IngestionOptions> options,
    RunTracker tracker,
    IEnumerable<IBackfillObserver> observers,
    AwaitedBatches awaited,
    WriteInstruments instruments,
    TimeProvider time,
    ILogger<SinkPumps> logger) : ITraceraComponent, IDisposable
{
    // After the deadline a pump waits a second for a last answer.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _deadline = new();
    private readonly OwnedParts _made = new(services, time);
    private readonly List<string> _unmade = [];
    private readonly GuardedLogger _log = new(logger);
    private IReadOnlyList<SinkLine> _lines = [];
    private Task[] _pumping = [];

    /// <summary>The sinks, in order of registration; empty before the start.</summary>
    public IReadOnlyList<SinkLine> Lines => Volatile.Read(ref _lines);

    /// <summary>The names of sinks that could not be made.</summary>
    public IReadOnlyList<string> Unmade => Lines.Count == 0 ? [] : _unmade;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var lines = registrations.Select(TryMakeLine).OfType<SinkLine>().ToList();
        foreach (var line in lines)
        {
            await line.Queue.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        Volatile.Write(ref _lines, lines);
        _pumping = [.. lines.Select(line => Task.Run(() => PumpAsync(line), CancellationToken.None))];
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var line in Lines)
        {
            line.Queue.Complete();
            if (line.Pump.Health.Error is { } error && line.Queue.Spool is null)
            {
                DispatchLog.WaitsAtStop(_log, line.Name, error, line.Queue.ToLedger().Buffered);
            }
        }

        await using var onDeadline = cancellationToken.UnsafeRegister(
            static state => StoreCall.Observe(((CancellationTokenSource)state!).CancelAsync()), _deadline).ConfigureAwait(false);
        await Task.WhenAll(Lines.Zip(_pumping, (line, pumping) => CloseAsync(line, pumping, cancellationToken))).ConfigureAwait(false);
        await _made.DisposeAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _deadline.Dispose();

    private async Task PumpAsync(SinkLine line)
    {
        try
        {
            await line.Pump.RunAsync(_deadline.Token).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            line.Pump.Break(error);
            DispatchLog.Broken(_log, error, line.Name);
        }
    }

    // A sink that blocks its thread holds up neither the spools nor the sinks of the others.
    private async Task CloseAsync(SinkLine line, Task pumping, CancellationToken deadline)
    {
        await pumping.WaitAsync(deadline).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!pumping.IsCompleted)
        {
            await pumping.WaitAsync(Grace, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (line.Pump.Health.IsBroken)
        {
            // Nobody takes it any more, but where there is a spool the next host does.
            await line.Queue.TryKeepAsync().ConfigureAwait(false);
        }

        if (!pumping.IsCompleted)
        {
            var waiting = line.Queue.ToLedger().Buffered;
            await line.Queue.TryKeepAsync().ConfigureAwait(false);
            DispatchLog.LeftBehind(_log, line.Name, waiting);
        }

        await line.Queue.CloseAsync().ConfigureAwait(false);
    }

    // Without a durable sink there is nothing to run.
    private SinkLine? TryMakeLine(SinkRegistration registration)
    {
        try
        {
            return MakeLine(registration, registration.Factory(services) ?? throw new InvalidOperationException("Its factory made nothing."));
        }
        catch (Exception error) when (error is not OptionsValidationException)
        {
            if (registration.IsDurable)
            {
                throw new InvalidOperationException($"The sink '{registration.Name}' could not be made: {error.Message}", error);
            }

            DispatchLog.NotMade(_log, error, registration.Name);
            _unmade.Add(registration.Name);
            return null;
        }
    }

    private SinkLine MakeLine(SinkRegistration registration, IPriceSink sink)
    {
        var own = sinkOptions.Get(registration.Name);
        _made.Add(sink);
        var account = new SinkAccount(registration.Name, registration.IsDurable);
        var queue = new SinkQueue(own, account, options.Value.BatchSize, time, Spill(registration, own));
        var parts = new SinkParts(
            sink, own, queue, account, tracker, services.GetService<IDeadLetterLog>(), registration.IsDurable ? [.. observers] : [], awaited, instruments, time, _log);
        return new SinkLine(registration.Name, parts, new SinkPump(parts));
    }

    private Spillway? Spill(SinkRegistration registration, SinkOptions own) => own.Overflow != SinkOverflow.Spill
        ? null
        : new Spillway(registration.Name, services.GetRequiredService<ISpoolFactory>().Create(registration.Name), own, time, _log)
        {
            Accepted = registration.IsDurable ? tracker.Accepted : null,
        };
}
