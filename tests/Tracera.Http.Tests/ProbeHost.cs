using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tracera.Testing;

namespace Tracera.Http.Tests;

internal sealed class ProbeHost : IDisposable
{
    public const string Key = "s3cr3t-k3y";
    private readonly ServiceProvider _services;

    public ProbeHost(HttpMessageHandler? handler = null, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(s => $"Tracera:Providers:acme:{s.Key}", s => (string?)s.Value))
            .Build());
        services.AddTracera().AddHttpProvider<ProbeProvider, ProbeOptions>(
            "acme",
            own => (own.Market, own.PageSize) = ("code", 10),
            http => (http.BaseAddress, http.ApiKey) = (new Uri("http://venue.test/v1"), Key));
        if (handler is not null)
        {
            services.AddHttpClient(HttpProviderOptions.ClientName("acme")).ConfigurePrimaryHttpMessageHandler(() => handler);
        }

        _services = services.BuildServiceProvider();
    }

    public ManualTimeProvider Clock { get; } = new();

    public ProbeProvider Provider => (ProbeProvider)_services.GetRequiredService<ProviderRegistration>().Factory(_services);

    public void Validate() => _services.GetRequiredService<IStartupValidator>().Validate();

    public void Dispose() => _services.Dispose();
}
