using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Tracera.Testing;

/// <summary>A provider that is open for one cycle or a few, and what must be closed with it.</summary>
internal sealed class ProviderSession(IPriceProvider provider, ProviderOptions options, Venue venue, IAsyncDisposable? owner) : IAsyncDisposable
{
    public const string PlainClient = "Tracera.Testing.Conformance";

    private static readonly Uri Address = new("https://venue.test/");

    public IPriceProvider Provider { get; } = provider;

    public ProviderOptions Options { get; } = options;

    public Venue Venue { get; } = venue;

    /// <summary>Builds an app's services anew, with the venue in place of every socket.</summary>
    public static ProviderSession FromServices(Action<IServiceCollection> configure, string? name, Venue venue, TimeProvider time)
    {
        var services = new ServiceCollection();
        services.AddSingleton(time);
        services.AddLogging();
        services.AddHttpClient(PlainClient, client => client.BaseAddress = Address);
        configure(services);
        services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new VenueFilter(venue));
        var root = services.BuildServiceProvider();
        var registration = Choose([.. root.GetServices<ProviderRegistration>()], name);
        var options = root.GetRequiredService<IOptionsMonitor<ProviderOptions>>().Get(registration.Name);
        return registration.Factory(root) is IPriceProvider provider
            ? new ProviderSession(provider, options, venue, root)
            : throw new InvalidOperationException($"The provider '{registration.Name}' is no {nameof(IPriceProvider)}; the kit asks for cycles, or for ranges of the past.");
    }

    public async ValueTask DisposeAsync()
    {
        if (Provider is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }

        if (owner is not null)
        {
            await owner.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static ProviderRegistration Choose(ProviderRegistration[] registrations, string? name)
    {
        var found = Array.FindAll(registrations, registration => name is null || registration.Name == name);
        return found.Length == 1
            ? found[0]
            : throw new InvalidOperationException(
                $"{found.Length} providers {(name is null ? "are registered" : $"are named '{name}'")}, one is checked at a time; registered are: {string.Join(", ", registrations.Select(registration => registration.Name))}. Say which with Named(…).");
    }

    /// <summary>The last word on what a client stands on, whatever its own configuration says.</summary>
    private sealed class VenueFilter(HttpMessageHandler venue) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.PrimaryHandler = venue;
        };
    }
}
