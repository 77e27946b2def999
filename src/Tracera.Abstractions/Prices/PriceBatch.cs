namespace Tracera;

/// <summary>Ticks of one run of one provider, shared by all sinks.</summary>
/// <remarks>
/// A value that may be kept, with a view of memory that may not: <see cref="Ticks"/> belong to the pipeline, may be read until the sink's <see cref="IPriceSink.WriteAsync"/> has
/// ended and are reused after that, so a sink that needs a tick for longer copies it. Within a batch ticks stand in the order in which the provider yielded them. Making or handing
/// over a batch allocates nothing. The default value is no batch: it has no provider and no ticks.
/// </remarks>
/// <param name="id">Identifies the batch; a store writes it in the transaction of its rows to answer an ambiguous commit.</param>
/// <param name="runId">The run that the ticks are accounted to.</param>
/// <param name="provider">The provider's registered name.</param>
/// <param name="ticks">The ticks, at least one.</param>
/// <param name="lane">The way through the pipeline.</param>
public readonly struct PriceBatch(Guid id, RunId runId, string provider, ReadOnlyMemory<PriceTick> ticks, BatchLane lane = BatchLane.Live)
{
    /// <summary>Identifies the batch, also when it is delivered again.</summary>
    public Guid Id { get; } = id;

    /// <summary>The run that the ticks are accounted to.</summary>
    public RunId RunId { get; } = runId;

    /// <summary>The provider's registered name.</summary>
    public string Provider { get; } = provider;

    /// <summary>The ticks.</summary>
    public ReadOnlyMemory<PriceTick> Ticks { get; } = ticks;

    /// <summary>The way through the pipeline.</summary>
    public BatchLane Lane { get; } = lane;

    /// <summary>How many ticks the batch holds.</summary>
    public int Count => Ticks.Length;
}
