using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tracera.Http;
using Tracera.Testing;

namespace Tracera.Providers.Tests;

internal sealed class CsFloatHost : IDisposable
{
    public const string Path = "/api/v1/listings/price-list";
    private readonly ServiceProvider _services;
    private readonly List<Rejection> _rejections = [];

    public CsFloatHost(HttpMessageHandler? handler = null, string? baseAddress = null, string? apiKey = null, Action<ProviderOptions>? polling = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Tracera:Providers:csfloat:BaseAddress"] = baseAddress,
                ["Tracera:Providers:csfloat:ApiKey"] = apiKey,
            }.Where(pair => pair.Value is not null))
            .Build());
        services.AddTracera().AddCsFloat(polling: polling);
        if (handler is not null)
        {
            services.AddHttpClient(HttpProviderOptions.ClientName("csfloat")).ConfigurePrimaryHttpMessageHandler(() => handler);
        }

        _services = services.BuildServiceProvider();
        Context = new FetchContext("csfloat", RunId.New(Clock.GetUtcNow()), Clock.GetUtcNow(), new ProviderOptions(), _rejections.Add);
    }

    public ManualTimeProvider Clock { get; } = new();

    public FetchContext Context { get; }

    public IReadOnlyList<Rejection> Rejections => _rejections;

    public void Validate() => _services.GetRequiredService<IStartupValidator>().Validate();

    public IAsyncEnumerable<RawPrice> Fetch(CancellationToken cancellationToken) =>
        ((IPriceProvider)_services.GetRequiredService<ProviderRegistration>().Factory(_services)).FetchAsync(Context, cancellationToken);

    public async Task<List<RawPrice>> FetchAllAsync(List<RawPrice>? prices = null)
    {
        prices ??= [];
        await foreach (var price in Fetch(TestContext.Current.CancellationToken))
        {
            prices.Add(price);
        }

        return prices;
    }

    public void Dispose() => _services.Dispose();
}
