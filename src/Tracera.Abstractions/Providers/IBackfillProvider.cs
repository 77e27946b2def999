namespace Tracera;

/// <summary>A provider that can also answer for the past.</summary>
/// <remarks>One backfill of a provider runs at a time, beside its cycles and its stream. Every price carries its <see cref="RawPrice.ObservedAt"/>. A range may be asked for again after a crash. The rules of <see cref="IPriceProvider"/> hold.</remarks>
public interface IBackfillProvider
{
    /// <summary>Fetches the prices of a range.</summary>
    /// <param name="context">What is wanted, and where rejected rows go.</param>
    /// <param name="from">The first instant, included.</param>
    /// <param name="to">The last instant, excluded.</param>
    /// <param name="cancellationToken">Ends the fetch.</param>
    /// <returns>The prices, oldest first.</returns>
    /// <exception cref="ProviderException">The fetch failed; what was yielded before stands.</exception>
    IAsyncEnumerable<RawPrice> BackfillAsync(
        FetchContext context, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);
}
