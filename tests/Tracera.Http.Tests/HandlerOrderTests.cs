using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Http.Tests;

/// <summary>What an app adds to the client of a provider lies between the mapping of failures and the deadline of one try, whenever and however it is added.</summary>
public sealed class HandlerOrderTests
{
    private static readonly Uri Venue = new("http://venue.test/");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("for all")]
    public async Task HandlerOfTheApp_SeesStatusesAndEachTryHasItsOwnDeadline(string when)
    {
        var (venue, repeats, progress) = (new ScriptedVenue(), new RepeatHandler(), new ProgressCounter());
        var services = new ServiceCollection();
        services.AddSingleton<IProviderProgress>(progress);
        if (when == "for all")
        {
            services.ConfigureHttpClientDefaults(client => client.AddHttpMessageHandler(() => repeats));
        }
        else if (when == "before")
        {
            services.AddHttpClient(HttpProviderOptions.ClientName("plain")).AddHttpMessageHandler(() => repeats);
        }

        services.AddTracera().AddHttpProvider<PlainProvider>("plain", http => http.BaseAddress = Venue);
        if (when == "after")
        {
            services.AddHttpClient(HttpProviderOptions.ClientName("plain")).AddHttpMessageHandler(() => repeats);
        }

        services.AddHttpClient(HttpProviderOptions.ClientName("plain")).ConfigurePrimaryHttpMessageHandler(() => venue);
        await using var built = services.BuildServiceProvider();
        var provider = (PlainProvider)built.GetRequiredService<ProviderRegistration>().Factory(built);

        Assert.Equal("[]", await provider.Http.GetStringAsync("prices", Token));
        venue.Answers.Enqueue(HttpStatusCode.ServiceUnavailable);
        venue.Answers.Enqueue(HttpStatusCode.Forbidden);
        var refused = await Assert.ThrowsAsync<ProviderException>(() => provider.Http.GetStringAsync("prices", Token));

        Assert.Equal(ProviderFailure.Auth, refused.Failure);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable, HttpStatusCode.Forbidden], repeats.Seen);
        Assert.Equal((3, 6), (venue.Tokens.Distinct().Count(), progress.Count));
    }

    private sealed class ScriptedVenue : HttpMessageHandler
    {
        public Queue<HttpStatusCode> Answers { get; } = [];

        public List<CancellationToken> Tokens { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Tokens.Add(cancellationToken);
            var status = Answers.TryDequeue(out var next) ? next : HttpStatusCode.OK;
            return Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent("[]", null, "application/json"), RequestMessage = request });
        }
    }

    private sealed class RepeatHandler : DelegatingHandler
    {
        public List<HttpStatusCode> Seen { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = await base.SendAsync(request, cancellationToken);
            Seen.Add(answer.StatusCode);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return answer;
            }

            answer.Dispose();
            return await SendAsync(request, cancellationToken);
        }
    }

    private sealed class ProgressCounter : IProviderProgress
    {
        public int Count { get; private set; }

        public void Report(string provider) => Count += provider == "plain" ? 1 : 0;
    }
}
