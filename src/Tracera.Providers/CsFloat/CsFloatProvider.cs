using System.Runtime.CompilerServices;
using Tracera.Http;

namespace Tracera.Providers;

/// <summary>CSFloat's public price list: the lowest ask and the stock of every item, in one answer.</summary>
internal sealed class CsFloatProvider : IPriceProvider
{
    private const string PriceList = "listings/price-list";
    private readonly HttpClient _http;

    public CsFloatProvider(HttpClient http, HttpProviderOptions options)
    {
        _http = http;
        if (options.ApiKey.Length > 0)
        {
            // The bare key, without a scheme.
            _http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", options.ApiKey);
        }
    }

    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var body = await _http.GetStreamAsync(PriceList, cancellationToken).ConfigureAwait(false);
        context.ReportProgress();
        var parser = new CsFloatRowParser(context);
        await foreach (var price in JsonRows.ReadAsync<RawPrice>(context, body, parser.TryParse, cancellationToken).ConfigureAwait(false))
        {
            yield return price;
        }
    }
}
