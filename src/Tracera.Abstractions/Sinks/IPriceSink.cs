namespace Tracera;

/// <summary>Writes batches of ticks somewhere.</summary>
/// <remarks>
/// <para>
/// One pump owns a sink and calls <see cref="WriteAsync"/> for one batch after the other, never at the same time, in the order in which the
/// batches were dispatched. The pump owns queueing, retry with back-off, the deadline of a call and the accounting: a sink does none of these
/// and lets its exceptions propagate. A <see cref="SinkException"/> says whether trying again can help; any other exception counts as transient.
/// </para>
/// <para>
/// A batch that failed is offered again with the same <see cref="PriceBatch.Id"/>, so a write must be idempotent by (item, source, observed at).
/// A sink that is <see cref="IAsyncDisposable"/> is disposed after its last batch.
/// </para>
/// </remarks>
public interface IPriceSink
{
    /// <summary>Writes one batch whole: when it returns, every tick has an outcome.</summary>
    /// <param name="batch">The ticks; the memory may not be used after the call has ended.</param>
    /// <param name="cancellationToken">Ends the call at its deadline; what was not written is offered again.</param>
    /// <returns>What became of the ticks; the total equals <see cref="PriceBatch.Count"/>.</returns>
    /// <exception cref="SinkException">The batch could not be written.</exception>
    ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken);
}
