using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Http;

/// <summary>Sets up the named client of one provider.</summary>
/// <remarks>
/// The order of the handlers is the order of the promises, outermost first: <see cref="FailureHandler"/> (what leaves it is an answer or a
/// <see cref="ProviderException"/>), then whatever the app adds to the client, be it for this one or for all: what repeats, limits or breaks; then <see cref="TimeoutHandler"/> (the deadline of one try), then <see cref="ProgressHandler"/> (the runner sees
/// that it goes on), then the sockets.
/// </remarks>
internal static class HttpProviderClients
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(5);
    private const int MaxRedirections = 3;

    // Of an answer that is read whole; one that is streamed may be of any size.
    private const long MaxBufferedBytes = 64 * 1024 * 1024;

    public static void Add(IServiceCollection services, string provider)
    {
        var client = HttpProviderOptions.ClientName(provider);
        services.AddHttpClient(client)
            .ConfigureHttpClient((sp, http) => Configure(http, OptionsOf(sp, provider)))
            .UseSocketsHttpHandler((handler, _) => Configure(handler))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();

        // After all that the app configures, so that its handlers lie between ours whenever it adds them.
        services.PostConfigure<HttpClientFactoryOptions>(client, options => options.HttpMessageHandlerBuilderActions.Add(builder => Enclose(builder, provider)));
    }

    public static HttpProviderOptions OptionsOf(IServiceProvider services, string provider) =>
        services.GetRequiredService<IOptionsMonitor<HttpProviderOptions>>().Get(provider);

    private static void Enclose(HttpMessageHandlerBuilder builder, string provider)
    {
        var (services, options) = (builder.Services, OptionsOf(builder.Services, provider));
        var time = services.GetRequiredService<TimeProvider>();
        builder.AdditionalHandlers.Insert(0, new FailureHandler(
            provider, options.ApiKey, options.RequestTimeout, time, services.GetRequiredService<ILoggerFactory>().CreateLogger<FailureHandler>()));
        builder.AdditionalHandlers.Add(new TimeoutHandler(options.RequestTimeout, time));
        builder.AdditionalHandlers.Add(new ProgressHandler(provider, services.GetService<IProviderProgress>()));
    }

    private static void Configure(HttpClient client, HttpProviderOptions options)
    {
        client.BaseAddress = WithSlash(options.BaseAddress!);
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.MaxResponseContentBufferSize = MaxBufferedBytes;
        client.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        client.DefaultRequestHeaders.UserAgent.ParseAdd(
            options.Contact.Length == 0 ? options.UserAgent : $"{options.UserAgent} (+{options.Contact})");
    }

    // The provider keeps its client for ever, so it is the connections that are renewed, not the handler.
    private static void Configure(SocketsHttpHandler handler)
    {
        handler.AutomaticDecompression = DecompressionMethods.All;
        handler.ConnectTimeout = ConnectTimeout;
        handler.PooledConnectionLifetime = ConnectionLifetime;
        handler.MaxAutomaticRedirections = MaxRedirections;
        handler.UseCookies = false;
    }

    // A relative address replaces what follows the last slash, so "…/v1" must become "…/v1/".
    private static Uri WithSlash(Uri address) =>
        address.AbsolutePath.EndsWith('/') ? address : new Uri($"{address.AbsoluteUri}/");
}
