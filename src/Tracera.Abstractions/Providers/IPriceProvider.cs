namespace Tracera;

/// <summary>Asks a venue for its prices, one cycle at a time.</summary>
/// <remarks>
/// <para>
/// A provider's cycles are enumerated one at a time; providers run beside each other, and so do the cycles, the stream and the backfill of one that has several of them. The runner owns the interval, the watch over
/// progress, retry at the next cycle, and the accounting: a provider does none of these and lets its exceptions propagate. A
/// <see cref="ProviderException"/> tells the runner what kind of failure it is; any other exception counts as transient.
/// </para>
/// <para>
/// A row that is no price goes to <see cref="FetchContext.Reject"/> and the enumeration goes on. Rows are streamed: memory must not grow with
/// the size of an answer. A cycle ends early when nothing (no row, no rejection, no request of the HTTP client that <c>AddHttpProvider</c> gives, no
/// <see cref="FetchContext.ReportProgress"/>) has happened for the progress time-out. A provider that is <see cref="IAsyncDisposable"/> is disposed after its last cycle.
/// </para>
/// </remarks>
public interface IPriceProvider
{
    /// <summary>Fetches one cycle.</summary>
    /// <param name="context">What is wanted, and where rejected rows go.</param>
    /// <param name="cancellationToken">Ends the cycle; a provider that goes on regardless is abandoned.</param>
    /// <returns>The prices, in the order of the answer.</returns>
    /// <exception cref="ProviderException">The cycle failed; what was yielded before stands.</exception>
    IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken);
}
