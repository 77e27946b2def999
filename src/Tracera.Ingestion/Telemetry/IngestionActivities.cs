using System.Diagnostics;

namespace Tracera.Ingestion;

/// <summary>The activities of the ingestion, on the source <see cref="TraceraTelemetry.ActivitySourceName"/>.</summary>
/// <remarks>When nobody listens, nothing is allocated for them.</remarks>
public static class IngestionActivities
{
    /// <summary>One cycle of a provider, or one connection of a stream; tags <c>tracera.provider</c> and <c>tracera.run</c>.</summary>
    public const string Cycle = "tracera.ingestion.cycle";

    /// <summary>One call of a sink; tags <c>tracera.sink</c>, <c>tracera.provider</c>, <c>tracera.run</c> and <c>tracera.ticks</c>.</summary>
    public const string Write = "tracera.ingestion.sink.write";

    private static readonly ActivitySource Source = new(TraceraTelemetry.ActivitySourceName);

    internal static Activity? StartCycle(string provider, RunId run) =>
        Source.StartActivity(Cycle)?.SetTag("tracera.provider", provider).SetTag("tracera.run", run.ToString());

    internal static Activity? StartWrite(string sink, PriceBatch batch) => Source.StartActivity(Write, ActivityKind.Producer)?
        .SetTag("tracera.sink", sink)
        .SetTag("tracera.provider", batch.Provider)
        .SetTag("tracera.run", batch.RunId.ToString())
        .SetTag("tracera.ticks", batch.Count);
}
