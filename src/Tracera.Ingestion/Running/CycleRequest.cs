namespace Tracera.Ingestion;

/// <summary>One cycle, or one connection of a stream, to run.</summary>
/// <param name="Row">Where it is accounted.</param>
/// <param name="Options">How the provider is polled.</param>
/// <param name="ScheduledAt">The cycle's scheduled time.</param>
/// <param name="Lane">The way of its ticks.</param>
/// <param name="IsStream">Whether a price without a time of its own has that of its receipt.</param>
/// <param name="IsPlanned">Whether it is the provider's own cycle, and not one that somebody asked for.</param>
/// <param name="Open">Begins the enumeration.</param>
internal sealed record CycleRequest(
    RunRow Row,
    ProviderOptions Options,
    DateTimeOffset ScheduledAt,
    BatchLane Lane,
    bool IsStream,
    bool IsPlanned,
    Func<FetchContext, CancellationToken, IAsyncEnumerable<RawPrice>> Open)
{
    public CycleKind Kind => IsStream ? CycleKind.Stream : Lane == BatchLane.Backfill ? CycleKind.Backfill : CycleKind.Poll;
}
