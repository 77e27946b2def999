using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Steers and observes the ingestion.</summary>
internal sealed class IngestionControl(
    SlotTable table, Scheduler scheduler, RunTracker tracker, SinkPumps pumps, IngestChannel channel) : IIngestionControl
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<RunTicket> StartRunAsync(RunRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        cancellationToken.ThrowIfCancellationRequested();
        var isBackfill = IsBackfill(request);
        var able = request.Providers is { Count: > 0 } names ? Named(names, isBackfill) : All(isBackfill);
        var wanted = isBackfill ? able.ConvertAll(static slot => slot.Past!) : able;
        var claimed = Claim(wanted, isBackfill);
        if (claimed.Count == 0)
        {
            return new RunTicket(null, [], ProviderSlot.Names(wanted));
        }

        var firing = scheduler.FireAsync(isBackfill ? RunTrigger.Backfill : RunTrigger.Demand, claimed, request);
        var started = await firing.WaitAsync(cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ProviderSlot> inRun = started?.Slots ?? [];
        return new RunTicket(started?.Run.Id, ProviderSlot.Names(inRun), inRun.Count == wanted.Count ? [] : ProviderSlot.Names([.. wanted.Except(inRun)]));
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

    private static bool IsAllowed(ProviderSlot slot, bool isBackfill) => slot.Options.Enabled && !slot.IsUnmade && (!isBackfill || slot.Backfilled is not null);

    private static List<ProviderSlot> Claim(List<ProviderSlot> wanted, bool isBackfill)
    {
        var claimed = new List<ProviderSlot>(wanted.Count);
        foreach (var slot in wanted)
        {
            if ((slot.Polled is not null || isBackfill) && slot.TryClaim())
            {
                claimed.Add(slot);
            }
        }

        return claimed;
    }

    private List<ProviderSlot> All(bool isBackfill)
    {
        var all = table.Slots.Where(slot => IsAllowed(slot, isBackfill)).ToList();
        return all.Count > 0
            ? all
            : throw new ArgumentException(isBackfill ? "No enabled provider can answer for the past." : "No provider is enabled.", nameof(isBackfill));
    }

    private List<ProviderSlot> Named(IReadOnlyList<string> names, bool isBackfill)
    {
        var named = new List<ProviderSlot>(names.Count);
        foreach (var slot in table.Slots)
        {
            if (IsAllowed(slot, isBackfill) && names.Contains(slot.Name))
            {
                named.Add(slot);
            }
        }

        // As many as there are different names, unless some are refused.
        return named.Count == names.Count || named.Count == names.Distinct(StringComparer.Ordinal).Count() ? named : throw Refuse(names, isBackfill);
    }

    private ArgumentException Refuse(IReadOnlyList<string> names, bool isBackfill)
    {
        var allowed = table.Slots.Where(slot => IsAllowed(slot, isBackfill)).Select(slot => slot.Name).ToList();
        var refused = names.Except(allowed, StringComparer.Ordinal).Select(name => $"'{name}' {WhyNot(name)}");
        return new ArgumentException($"{string.Join(", ", refused)}; allowed: {(allowed.Count == 0 ? "none" : string.Join(", ", allowed))}.", nameof(names));
    }

    private string WhyNot(string name) => table.Slots.FirstOrDefault(slot => slot.Name == name) switch
    {
        null => "is not a provider",
        { Options.Enabled: false } => "is switched off",
        { IsUnmade: true } => "could not be made",
        _ => "cannot answer for the past",
    };
}
