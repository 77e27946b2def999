using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.Extensions.Options;
using Tracera.Testing;

namespace Tracera.Providers.Tests;

public sealed class CsFloatListTests
{
    private const int Rows = 24_000;

    [Fact]
    public async Task List_OfRealSizeWithBadRows_AccountsForEveryRow()
    {
        using var host = new CsFloatHost(new RecordedHttp().Serve(CsFloatHost.Path, List()));
        var prices = await host.FetchAllAsync();
        var rejected = host.Rejections.CountBy(rejection => rejection.Reason).ToDictionary();
        Assert.Equal(Rows, prices.Count + host.Rejections.Count);
        Assert.Equal(480, rejected[RejectReasons.NoPrice]);
        Assert.Equal(480, rejected[RejectReasons.BadPrice]);
        Assert.Equal(240, rejected[RejectReasons.BadName]);
        Assert.Equal(240, rejected[RejectReasons.BadRow]);
        Assert.Equal(240, rejected[RejectReasons.BadVolume]);
        Assert.All(prices, price => Assert.Equal(
            decimal.Parse(price.Name.Split(' ')[1], CultureInfo.InvariantCulture) * 7 / 100 + 0.01m, price.Price));
        Assert.Equal(prices.Count, prices.Select(price => price.Name).Distinct().Count());
        Assert.Single(prices.Select(price => price.Source).Distinct(ReferenceEqualityComparer.Instance));
    }

    [Fact]
    public async Task List_WithOneNameTwice_YieldsBoth()
    {
        const string Row = """{"market_hash_name":"A","quantity":1,"min_price":100}""";
        using var host = new CsFloatHost(new RecordedHttp().Serve(CsFloatHost.Path, $"[{Row},{Row}]"));
        Assert.Equal(2, (await host.FetchAllAsync()).Count);
    }

    [Fact]
    public async Task ApiKey_WhereThereIsOne_IsSentBare()
    {
        var recorded = new RecordedHttp().Serve(CsFloatHost.Path, "[]");
        using var host = new CsFloatHost(recorded, apiKey: "k-1");
        await host.FetchAllAsync();
        var request = Assert.Single(recorded.Requests);
        Assert.Equal("k-1", request.Headers["Authorization"]);
        Assert.Equal("https://csfloat.com/api/v1/listings/price-list", request.Address.AbsoluteUri);
    }

    [Fact]
    public async Task ApiKey_WhereThereIsNone_IsNotSent()
    {
        var recorded = new RecordedHttp().Serve(CsFloatHost.Path, "[]");
        using var host = new CsFloatHost(recorded);
        await host.FetchAllAsync();
        Assert.DoesNotContain("Authorization", Assert.Single(recorded.Requests).Headers.Keys);
    }

    [Theory]
    [InlineData("""{"data":[{"market_hash_name":"A","quantity":1,"min_price":100}]}""")]
    [InlineData("null")]
    [InlineData("")]
    [InlineData("<html>busy</html>")]
    [InlineData("too many requests")]
    public async Task Document_OfAnotherShape_IsBadPayload(string body)
    {
        using var host = new CsFloatHost(new RecordedHttp().Serve(CsFloatHost.Path, body));
        Assert.Equal(ProviderFailure.BadPayload, (await Assert.ThrowsAsync<ProviderException>(() => host.FetchAllAsync())).Failure);
    }

    [Fact]
    public async Task Document_ThatIsCutOff_IsBadPayloadAfterTheRowsBefore()
    {
        var whole = List();
        var prices = new List<RawPrice>();
        using var host = new CsFloatHost(new RecordedHttp().Serve(CsFloatHost.Path, whole[..(whole.Length / 2)]));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => host.FetchAllAsync(prices));
        Assert.Equal(ProviderFailure.BadPayload, failure.Failure);
        Assert.InRange(prices.Count, Rows / 3, Rows * 2 / 3);
    }

    [Fact]
    public async Task Status_RateLimited_SaysUntilWhen()
    {
        using var host = new CsFloatHost(new RecordedHttp().Serve(CsFloatHost.Path, "null", HttpStatusCode.TooManyRequests, headers: [("Retry-After", "90")]));
        var failure = await Assert.ThrowsAsync<ProviderException>(() => host.FetchAllAsync());
        Assert.Equal((ProviderFailure.RateLimited, host.Clock.GetUtcNow().AddSeconds(90)), (failure.Failure, failure.RetryAt));
    }

    [Theory]
    [InlineData("")]
    [InlineData("USD")]
    [InlineData("usd")]
    public void Currency_Usd_IsAllowed(string currency)
    {
        using var host = new CsFloatHost(polling: options => options.Currency = currency);
        host.Validate();
    }

    [Fact]
    public void Currency_Other_IsRefusedAtStart()
    {
        using var host = new CsFloatHost(polling: options => options.Currency = "EUR");
        Assert.Contains(
            "Tracera:Providers:csfloat:Currency is 'EUR'; allowed: USD", Assert.Throws<OptionsValidationException>(host.Validate).Message, StringComparison.Ordinal);
    }

    // Of every hundred rows seven are bad, and one more names a field that is not known.
    private static string List()
    {
        var list = new StringBuilder("[");
        for (var i = 0; i < Rows; i++)
        {
            list.Append(i == 0 ? "" : ",").Append((i % 100) switch
            {
                3 => $$"""{"market_hash_name":"N {{i}}","quantity":0,"min_price":0}""",
                13 => $$"""{"market_hash_name":"N {{i}}","quantity":2,"min_price":null}""",
                23 => $$"""{"market_hash_name":"N {{i}}","quantity":2,"min_price":"12.50"}""",
                33 => $$"""{"market_hash_name":"N {{i}}","quantity":2,"min_price":0.5}""",
                43 => """{"market_hash_name":"","quantity":2,"min_price":5}""",
                53 => "\"N\"",
                63 => $$"""{"market_hash_name":"N {{i}}","quantity":"few","min_price":5}""",
                73 => $$$"""{"market_hash_name":"N {{{i}}}","quantity":2,"min_price":{{{(i * 7) + 1}}},"seen":{"at":"2026-01-01"}}""",
                _ => $$"""{"market_hash_name":"N {{i}}","quantity":2,"min_price":{{(i * 7) + 1}}}""",
            });
        }

        return list.Append(']').ToString();
    }
}
