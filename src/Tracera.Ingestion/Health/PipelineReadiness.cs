using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tracera.Ingestion;

/// <summary>Unhealthy while the durable sink, its spool or the run log fails; degraded while another sink or its spool fails, a queue is full, a provider is stale, or a plug-in could not be made.</summary>
/// <remarks>What it says is public; how a sink fails, in its own words, stands in the log.</remarks>
internal sealed class PipelineReadiness(SinkPumps pumps, RunJournal journal, SlotTable table, TimeProvider time) : IHealthCheck
{
    private const int StaleAfterIntervals = 3;

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        List<string> unhealthy = [.. FailingSinks(isDurable: true), .. UnreadableSpools(isDurable: true), .. RunLog()];
        List<string> degraded =
        [
            .. FailingSinks(isDurable: false), .. UnreadableSpools(isDurable: false), .. FullQueues(), .. FullSpools(), .. SetAside(), .. Unmade(), .. StaleProviders(),
        ];
        var words = string.Join("; ", unhealthy.Concat(degraded));
        return Task.FromResult(
            unhealthy.Count > 0 ? HealthCheckResult.Unhealthy(words)
            : degraded.Count > 0 ? HealthCheckResult.Degraded(words)
            : HealthCheckResult.Healthy());
    }

    private IEnumerable<string> FailingSinks(bool isDurable) => pumps.Lines
        .Where(line => line.IsDurable == isDurable)
        .Select(static line => (line.Name, line.Pump.Health))
        .Where(static sink => sink.Health.IsBroken || sink.Health.Failure is not null)
        .Select(static sink => sink.Health.IsBroken
            ? $"nothing is written to the sink {sink.Name} any more; the host must be started anew"
            : $"the sink {sink.Name} fails ({sink.Health.Failure})");

    private IEnumerable<string> UnreadableSpools(bool isDurable) => pumps.Lines
        .Where(line => line.IsDurable == isDurable && line.Queue.IsSpoolUnreadable)
        .Select(static line => $"the spool of the sink {line.Name} cannot be read");

    private IEnumerable<string> RunLog() => journal.IsAway ? [$"the run log is away; {journal.Depth} changes wait"] : [];

    private IEnumerable<string> SetAside() =>
        journal.AsideCount is > 0 and var count ? [$"{count} changes of runs are set aside because the run log refuses them"] : [];

    private IEnumerable<string> FullQueues() =>
        pumps.Lines.Where(line => line.Queue.IsFull).Select(line => $"the queue of the sink {line.Name} is full");

    private IEnumerable<string> FullSpools() =>
        pumps.Lines.Where(line => line.Queue.IsSpoolFull).Select(line => $"the spool of the sink {line.Name} is full, or cannot be written");

    private IEnumerable<string> Unmade() =>
    [
        .. table.Slots.Where(static slot => slot.IsUnmade).Select(static slot => $"the provider {slot.Name} could not be made"),
        .. pumps.Unmade.Select(static sink => $"the sink {sink} could not be made"),
    ];

    private IEnumerable<string> StaleProviders()
    {
        var now = time.GetUtcNow();
        var streams = table.Slots.Where(slot => slot.Stream?.IsStale(now) == true)
            .Select(slot => $"the stream of the provider {slot.Name} had no connection that held within {slot.Stream!.Patience}");
        return streams.Concat(table.Slots
            .Where(slot => slot.IsPolled)
            .Where(slot => slot.NoSuccessSince is { } since && now - since > slot.Options.Interval * StaleAfterIntervals)
            .Select(slot => $"the provider {slot.Name} had no success within {StaleAfterIntervals} intervals"));
    }
}
