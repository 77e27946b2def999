using System.Runtime.CompilerServices;

namespace Tracera.Http.Tests;

public sealed class ProbeProvider(HttpClient http, HttpProviderOptions options, ProbeOptions own, TimeProvider time) : IPriceProvider
{
    public HttpClient Http { get; } = http;

    public HttpProviderOptions Options { get; } = options;

    public ProbeOptions Own { get; } = own;

    public TimeProvider Time { get; } = time;

    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Http.GetStringAsync("prices", cancellationToken);
        yield break;
    }
}
