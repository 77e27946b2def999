using System.Net;
using System.Text;

namespace Tracera.Http.Tests;

/// <summary>A venue that repeats what it was sent puts no secret into a message.</summary>
public sealed class RequestSecretTests
{
    private const string Secret = "s3cr3t%2Bval/ue";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Authorization", "Bearer " + Secret, Secret)]
    [InlineData("Authorization", Secret, Secret)]
    [InlineData("Authorization", "OAuth oauth_token=\"" + Secret + "\", oauth_nonce=\"one-more\"", Secret)]
    [InlineData("Proxy-Authorization", "Basic dXNlcjpwYXNz", "dXNlcjpwYXNz")]
    [InlineData("Cookie", "lang=en; steamLoginSecure=" + Secret + "; last=thing", Secret)]
    [InlineData("Cookie", "steamLoginSecure=7656%7C%7CeyJh", "7656||eyJh")]
    [InlineData("X-Api-Key", Secret, Secret)]
    [InlineData("x-venue-token", Secret, "s3cr3t+val/ue")]
    [InlineData("SESSION_ID", Secret, Secret)]
    [InlineData("X-MBX-APIKEY", Secret, "s3cr3t%2Bval\\/ue")]
    public async Task Header_ThatTheVenueRepeats_IsHidden(string header, string value, string repeated)
    {
        using var host = new ProbeHost(new RepeatingVenue($"bad {repeated}!"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "prices");
        request.Headers.TryAddWithoutValidation(header, value);
        Assert.EndsWith("answered 401: bad (hidden)!", await FailAsync(host, request), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access_token=" + Secret, Secret)]
    [InlineData("a=1&apiKey=two+words", "two words")]
    [InlineData("APIKey=s3cr3t%26more", "s3cr3t&more")]
    [InlineData("auth%5Btoken%5D=" + Secret, "s3cr3t+val/ue")]
    public async Task Parameter_ThatTheVenueRepeats_IsHidden(string query, string repeated)
    {
        using var host = new ProbeHost(new RepeatingVenue($"bad {repeated}!"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "prices?" + query);
        Assert.EndsWith("answered 401: bad (hidden)!", await FailAsync(host, request), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("keyword=lantern", "no lantern here")]
    [InlineData("author=lantern&tokens=lantern&monkey=lantern", "no lantern here")]
    [InlineData("pageToken=lantern&next_key=lantern", "no lantern here")]
    [InlineData("key=no&token=lante", "no lantern here")]
    public async Task Text_WithWhatIsNoSecret_StaysReadable(string query, string said)
    {
        using var host = new ProbeHost(new RepeatingVenue(said));
        using var request = new HttpRequestMessage(HttpMethod.Get, "prices?" + query);
        Assert.EndsWith("answered 401: " + said, await FailAsync(host, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Authorization_TakenAwayByARedirection_IsHiddenAllTheSame()
    {
        using var host = new ProbeHost(new RepeatingVenue($"bad {Secret} and q-s3cr3t", request =>
        {
            request.Headers.Authorization = null;
            request.RequestUri = new Uri("http://venue.test/elsewhere");
        }));
        using var request = new HttpRequestMessage(HttpMethod.Get, "prices?key=q-s3cr3t");
        request.Headers.Authorization = new("Bearer", Secret);
        Assert.EndsWith("/elsewhere answered 401: bad (hidden) and (hidden)", await FailAsync(host, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_SentInPlaceOfAnother_HasItsSecretsHidden()
    {
        using var other = new HttpRequestMessage(HttpMethod.Get, "http://venue.test/v1/other");
        other.Headers.TryAddWithoutValidation("X-Token", Secret);
        using var host = new ProbeHost(new RepeatingVenue($"bad {Secret}!", inPlace: other));
        using var request = new HttpRequestMessage(HttpMethod.Get, "prices");
        Assert.EndsWith("/v1/other answered 401: bad (hidden)!", await FailAsync(host, request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_AndBrokenBody_HoldNoSecretOfTheRequest()
    {
        using var host = new ProbeHost(new BrokenVenue());
        using var request = new HttpRequestMessage(HttpMethod.Get, "of/s3cr3t-too/prices");
        request.Headers.TryAddWithoutValidation("X-Token", "s3cr3t-too");
        var message = await FailAsync(host, request);
        Assert.StartsWith("The answer of http://venue.test/v1/of/(hidden)/prices broke off", message, StringComparison.Ordinal);
    }

    private static async Task<string> FailAsync(ProbeHost host, HttpRequestMessage request) =>
        (await Assert.ThrowsAsync<ProviderException>(() => host.Provider.Http.SendAsync(request, Token))).Message;

    private sealed class RepeatingVenue(string said, Action<HttpRequestMessage>? redirect = null, HttpRequestMessage? inPlace = null) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            redirect?.Invoke(request);
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized)
            {
                Content = new StringContent(said, Encoding.UTF8, "text/plain"),
                RequestMessage = inPlace ?? request,
            });
        }
    }

    private sealed class BrokenVenue : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new BreakingStream("[1,2"u8.ToArray())), RequestMessage = request });
    }
}
