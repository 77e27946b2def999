namespace Tracera;

/// <summary>A provider whose venue pushes prices, beside or instead of being asked for them.</summary>
/// <remarks>There is one connection at a time, beside the provider's cycles and a backfill. The enumeration lasts as long as the connection. When it ends or throws, the runner connects again with back-off. The rules of <see cref="IPriceProvider"/> hold.</remarks>
public interface IStreamingPriceProvider
{
    /// <summary>Connects and yields prices as they come.</summary>
    /// <param name="context">What is wanted, and where rejected rows go.</param>
    /// <param name="cancellationToken">Ends the connection.</param>
    /// <returns>The prices, in the order of their arrival.</returns>
    /// <exception cref="ProviderException">The connection failed.</exception>
    IAsyncEnumerable<RawPrice> StreamAsync(FetchContext context, CancellationToken cancellationToken);
}
