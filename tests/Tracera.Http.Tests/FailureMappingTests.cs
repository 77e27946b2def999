using System.Net;
using Tracera.Testing;

namespace Tracera.Http.Tests;

public sealed class FailureMappingTests
{
    private const string Path = "/v1/prices";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400, ProviderFailure.Permanent)]
    [InlineData(401, ProviderFailure.Auth)]
    [InlineData(403, ProviderFailure.Auth)]
    [InlineData(404, ProviderFailure.NotFound)]
    [InlineData(406, ProviderFailure.Permanent)]
    [InlineData(408, ProviderFailure.Transient)]
    [InlineData(429, ProviderFailure.RateLimited)]
    [InlineData(451, ProviderFailure.Permanent)]
    [InlineData(500, ProviderFailure.Transient)]
    [InlineData(503, ProviderFailure.Transient)]
    public async Task Status_WithoutSuccess_IsMapped(int status, ProviderFailure expected)
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(Path, "{\"code\":4,\"message\":\"limit is too high\"}", (HttpStatusCode)status));
        var failure = await FailAsync(host);
        Assert.Equal(expected, failure.Failure);
        Assert.Null(failure.RetryAt);
        Assert.Contains($"http://venue.test/v1/prices answered {status}", failure.Message, StringComparison.Ordinal);
        Assert.Contains("limit is too high", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Retry-After", "120", 120)]
    [InlineData("Retry-After", "Thu, 01 Jan 2026 00:05:00 GMT", 300)]
    [InlineData("Retry-After", "Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    [InlineData("Retry-After", "2147483647", 604_800)]
    [InlineData("X-RateLimit-Reset", "1767225660", 60)]
    [InlineData("X-Ratelimit-Reset", "30", 30)]
    public async Task RateLimited_WithATime_SaysWhenByTheClock(string header, string value, int seconds)
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(Path, "null", HttpStatusCode.TooManyRequests, headers: [(header, value)]));
        var failure = await FailAsync(host);
        Assert.Equal(ProviderFailure.RateLimited, failure.Failure);
        Assert.Equal(host.Clock.GetUtcNow().AddSeconds(seconds), failure.RetryAt);
    }

    [Fact]
    public async Task RateLimited_WithUnreadableTime_LeavesItOpen()
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(Path, "null", HttpStatusCode.TooManyRequests, headers: [("Retry-After", "soon")]));
        Assert.Null((await FailAsync(host)).RetryAt);
    }

    [Fact]
    public async Task Error_ThatEchoesTheKey_HidesIt()
    {
        using var host = new ProbeHost(new RecordedHttp().Serve("/v1/prices?key=" + ProbeHost.Key, $"bad key {ProbeHost.Key}", HttpStatusCode.Unauthorized));
        var failure = await FailAsync(host, "prices?key=" + ProbeHost.Key);
        Assert.DoesNotContain(ProbeHost.Key, failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("bad key (hidden)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_ThatHoldsTheKey_HidesIt()
    {
        using var host = new ProbeHost(new RecordedHttp().Serve($"/v1/v2/{ProbeHost.Key}/prices", "null", HttpStatusCode.Unauthorized));
        var failure = await FailAsync(host, $"v2/{ProbeHost.Key}/prices");
        Assert.DoesNotContain(ProbeHost.Key, failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("/v1/v2/(hidden)/prices answered 401", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad key ab%2Bcd%2Fef%3D%3D!", "bad key (hidden)!")]
    [InlineData("bad key ab%2bcd%2fef%3d%3d!", "bad key (hidden)!")]
    [InlineData("bad key ab\\u002Bcd/ef==!", "bad key (hidden)!")]
    [InlineData("bad key ab+cd\\/ef==!", "bad key (hidden)!")]
    [InlineData("bad key ab%2Bcd", "bad key (hidden)")]
    public async Task Error_ThatEchoesTheKeyEncoded_HidesIt(string body, string expected)
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(Path, body, HttpStatusCode.Unauthorized), ("ApiKey", "ab+cd/ef=="));
        Assert.EndsWith(expected, (await FailAsync(host)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_ThatEchoesTheKeyAtTheBound_HidesItsBeginning()
    {
        var body = new string('x', 250) + ProbeHost.Key;
        using var host = new ProbeHost(new RecordedHttp().Serve(Path, body, HttpStatusCode.BadRequest));
        Assert.EndsWith("xx(hidden)", (await FailAsync(host)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    public async Task Success_WithHtml_IsBadPayload(string contentType)
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(Path, " \n<!DOCTYPE html><html>busy</html>", contentType: contentType));
        Assert.Equal(ProviderFailure.BadPayload, (await FailAsync(host)).Failure);
    }

    [Fact]
    public async Task Connection_Refused_IsTransient()
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(HttpMethod.Get, Path, () => throw new HttpRequestException("refused")));
        var failure = await FailAsync(host);
        Assert.Equal(ProviderFailure.Transient, failure.Failure);
        Assert.IsType<HttpRequestException>(failure.InnerException);
    }

    [Fact]
    public async Task Connection_NotMadeInTime_IsTransient()
    {
        var late = new TaskCanceledException("The operation was canceled.", new TimeoutException("A connection could not be established within the configured ConnectTimeout."));
        using var host = new ProbeHost(new RecordedHttp().Serve(HttpMethod.Get, Path, () => throw late));
        var failure = await FailAsync(host);
        Assert.Equal(ProviderFailure.Transient, failure.Failure);
        Assert.Contains("http://venue.test/v1/prices could not be reached", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Body_ThatBreaksOff_IsTransient()
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(
            HttpMethod.Get, Path, () => new HttpResponseMessage { Content = new StreamContent(new BreakingStream("[1,2"u8.ToArray())) }));
        await using var body = await host.Provider.Http.GetStreamAsync("prices", Token);
        using var reader = new StreamReader(body);
        var failure = await Assert.ThrowsAsync<ProviderException>(() => reader.ReadToEndAsync(Token));
        Assert.Equal(ProviderFailure.Transient, failure.Failure);
    }

    [Fact]
    public async Task Request_WithoutAnAnswerInTime_IsTransient()
    {
        using var host = new ProbeHost(new SilentHandler(), ("RequestTimeout", "00:00:05"));
        var fetching = FailAsync(host);
        await host.Clock.WhenTimersAsync(1, Token);
        host.Clock.Advance(TimeSpan.FromSeconds(5));
        var failure = await fetching;
        Assert.Equal(ProviderFailure.Transient, failure.Failure);
        Assert.IsType<TimeoutException>(failure.InnerException);
    }

    [Fact]
    public async Task Request_Cancelled_IsNoFailureOfTheVenue()
    {
        using var host = new ProbeHost(new SilentHandler());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var fetching = host.Provider.Http.GetStringAsync("prices", stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fetching);
    }

    [Fact]
    public async Task AnyStatus_Accepted_ReachesTheProvider()
    {
        using var host = new ProbeHost(new RecordedHttp().Serve(Path, "{\"success\":false}", HttpStatusCode.InternalServerError));
        using var request = new HttpRequestMessage(HttpMethod.Get, "prices");
        request.Options.Set(HttpFailures.AcceptAnyStatus, true);
        using var response = await host.Provider.Http.SendAsync(request, Token);
        Assert.Equal("{\"success\":false}", await response.Content.ReadAsStringAsync(Token));
    }

    private static Task<ProviderException> FailAsync(ProbeHost host, string path = "prices") =>
        Assert.ThrowsAsync<ProviderException>(() => host.Provider.Http.GetStringAsync(path, Token));
}
