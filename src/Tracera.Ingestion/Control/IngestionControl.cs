namespace Tracera.Ingestion;

/// <summary>Steers and observes the ingestion.</summary>
internal sealed class IngestionControl(
    SlotTable table, Scheduler scheduler, RunTracker tracker, SinkPumps pumps, IngestChannel channel) : IIngestionControl
{
    public async ValueTask<RunTicket> StartRunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var isBackfill = IsBackfill(request);
        var wanted = request.Providers is { Count: > 0 } names ? Named(names, isBackfill) : All(isBackfill);
        var claimed = wanted.Where(slot => slot.Polled is not null || isBackfill).Where(slot => slot.TryClaim()).ToList();
        if (claimed.Count == 0)
        {
            return new RunTicket(null, [], [.. wanted.Select(slot => slot.Name)]);
        }

        var firing = scheduler.FireAsync(isBackfill ? RunTrigger.Backfill : RunTrigger.Demand, claimed, request);
        var started = await firing.WaitAsync(cancellationToken).ConfigureAwait(false);
        var inRun = started?.Slots.Select(slot => slot.Name).ToList() ?? [];
        return new RunTicket(started?.Run.Id, inRun, [.. wanted.Select(slot => slot.Name).Except(inRun)]);
    }

    public IReadOnlyList<ProviderStatus> GetProviders() => [.. table.Slots.Select(slot => slot.ToStatus())];

    public PipelineSnapshot GetPipeline() => new(
        tracker.GetLedger(),
        [.. pumps.Lines.Select(line => line.Queue.ToLedger())],
        [channel.Status(), .. pumps.Lines.Select(line => line.Queue.Status(line.Name))])
    {
        Writes = [.. pumps.Lines.Select(line => line.Pump.Latencies.ToStatus(line.Name))],
        Spools = [.. pumps.Lines.Select(line => line.Queue.Spool).OfType<SpoolStatus>()],
    };

    private static bool IsBackfill(RunRequest request)
    {
        if (request.From is null != request.To is null)
        {
            throw new ArgumentException("A range needs both 'from' and 'to'.", nameof(request));
        }

        return request.From is null
            ? false
            : request.From < request.To
                ? true
                : throw new ArgumentException(
                    $"The range from {request.From:O} to {request.To:O} is empty; 'from' must be before 'to'.", nameof(request));
    }

    private List<ProviderSlot> All(bool isBackfill)
    {
        var all = table.Slots.Where(slot => slot.Options.Enabled && (!isBackfill || slot.Backfilled is not null)).ToList();
        return all.Count > 0
            ? all
            : throw new ArgumentException(isBackfill ? "No enabled provider can answer for the past." : "No provider is enabled.", nameof(isBackfill));
    }

    private List<ProviderSlot> Named(IReadOnlyList<string> names, bool isBackfill)
    {
        var allowed = table.Slots.Where(slot => slot.Options.Enabled && (!isBackfill || slot.Backfilled is not null)).ToList();
        var refused = names.Where(name => allowed.TrueForAll(slot => slot.Name != name)).Distinct(StringComparer.Ordinal).ToList();
        if (refused.Count > 0)
        {
            var known = allowed.Count == 0 ? "none" : string.Join(", ", allowed.Select(slot => slot.Name));
            throw new ArgumentException(
                $"{string.Join(", ", refused.Select(name => $"'{name}' {WhyNot(name)}"))}; allowed: {known}.", nameof(names));
        }

        return allowed.FindAll(slot => names.Contains(slot.Name, StringComparer.Ordinal));
    }

    private string WhyNot(string name) => table.Slots.FirstOrDefault(slot => slot.Name == name) switch
    {
        null => "is not a provider",
        { Options.Enabled: false } => "is switched off",
        _ => "cannot answer for the past",
    };
}
