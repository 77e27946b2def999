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
    AwaitedBatches awaited,
    WriteInstruments instruments,
    TimeProvider time,
    ILogger<SinkPumps> logger) : ITraceraComponent, IDisposable
{
    private readonly CancellationTokenSource _deadline = new();
    private readonly OwnedParts _made = new(services, time);
    private IReadOnlyList<SinkLine> _lines = [];
    private Task _pumping = Task.CompletedTask;

    /// <summary>The sinks, in order of registration; empty before the start.</summary>
    public IReadOnlyList<SinkLine> Lines => Volatile.Read(ref _lines);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var lines = registrations.Select(MakeLine).ToList();
        foreach (var line in lines)
        {
            await line.Queue.OpenAsync(cancellationToken).ConfigureAwait(false);
        }

        Volatile.Write(ref _lines, lines);
        _pumping = Task.WhenAll(Lines.Select(line => Task.Run(() => line.Pump.RunAsync(_deadline.Token), CancellationToken.None)));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (var line in Lines)
        {
            line.Queue.Complete();
            if (line.Pump.Health.Error is { } error && line.Queue.Spool is null)
            {
                DispatchLog.WaitsAtStop(logger, line.Name, error, line.Queue.ToLedger().Buffered);
            }
        }

        await using var onDeadline = cancellationToken.UnsafeRegister(
            static state => StoreCall.Observe(((CancellationTokenSource)state!).CancelAsync()), _deadline).ConfigureAwait(false);
        await _pumping.ConfigureAwait(false);
        foreach (var line in Lines)
        {
            await line.Queue.CloseAsync().ConfigureAwait(false);
        }

        await _made.DisposeAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _deadline.Dispose();

    private SinkLine MakeLine(SinkRegistration registration)
    {
        var own = sinkOptions.Get(registration.Name);
        var sink = registration.Factory(services);
        _made.Add(sink);
        var account = new SinkAccount(registration.Name, registration.IsDurable);
        var queue = new SinkQueue(own, account, options.Value.BatchSize, time, Spill(registration, own));
        var parts = new SinkParts(
            sink, own, queue, account, tracker, services.GetService<IDeadLetterLog>(), awaited, instruments, time, logger);
        return new SinkLine(registration.Name, parts, new SinkPump(parts));
    }

    private Spillway? Spill(SinkRegistration registration, SinkOptions own) => own.Overflow != SinkOverflow.Spill
        ? null
        : new Spillway(registration.Name, services.GetRequiredService<ISpoolFactory>().Create(registration.Name), own, time, logger)
        {
            Accepted = registration.IsDurable ? tracker.Accepted : null,
        };
}
