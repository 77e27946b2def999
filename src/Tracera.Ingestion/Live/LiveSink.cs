namespace Tracera.Ingestion;

/// <summary>The sink <c>live</c>: makes ticks the latest ones and tells the subscribers.</summary>
internal sealed class LiveSink(LiveBus bus) : IPriceSink
{
    public const string Name = "live";

    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(
            batch.Lane == BatchLane.Live ? bus.Offer(batch.Ticks.Span) : new WriteOutcome(0, Conflated: batch.Count));
    }
}
