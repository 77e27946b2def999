using Tracera.Testing;

namespace Tracera.Providers.Tests;

public sealed class CsFloatRowTests
{
    [Theory]
    [InlineData("""{"market_hash_name":"AK-47 | Redline (Field-Tested)","quantity":3,"min_price":1450}""", "AK-47 | Redline (Field-Tested)", "14.50", 3)]
    [InlineData("""{"min_price":1,"quantity":1,"market_hash_name":"P250 | Sand Dune"}""", "P250 | Sand Dune", "0.01", 1)]
    [InlineData("""{"market_hash_name":"★ Karambit | 429 & <Fade>, ™","quantity":2147483648,"min_price":9223372036854775807}""", "★ Karambit | 429 & <Fade>, ™", "92233720368547758.07", 2147483648)]
    [InlineData("""{"new":{"min_price":[1,{"quantity":0}]},"market_hash_name":"A","quantity":5,"min_price":100,"phase":null}""", "A", "1.00", 5)]
    [InlineData("""{"market_h\u0061sh_name":"\u2605 B","quantity":5,"min_price":250}""", "★ B", "2.50", 5)]
    public async Task Row_Good_IsAnExactPrice(string row, string name, string price, long volume)
    {
        var (prices, rejections) = await FetchAsync($"[{row}]");
        var raw = Assert.Single(prices);
        Assert.Empty(rejections);
        Assert.Equal((name, "steam:730", price), (raw.Name, raw.Category, raw.Price.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(volume, raw.Volume);
        Assert.Null(raw.ObservedAt);
        Assert.Equal(new SourceDescriptor("csfloat", Currency.Usd, PriceKind.LowestAsk, VolumeKind.Stock), raw.Source);
    }

    [Theory]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":null}""", RejectReasons.NoPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1}""", RejectReasons.NoPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":0}""", RejectReasons.NoPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":0,"min_price":5}""", RejectReasons.NoPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":-5}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":"12.50"}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":"1250"}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":"n/a"}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":12.5}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":1e40}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":9223372036854775808}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":{"usd":5}}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":1,"min_price":true}""", RejectReasons.BadPrice)]
    [InlineData("""{"market_hash_name":"A","quantity":-1,"min_price":5}""", RejectReasons.BadVolume)]
    [InlineData("""{"market_hash_name":"A","quantity":"many","min_price":5}""", RejectReasons.BadVolume)]
    [InlineData("""{"market_hash_name":"A","quantity":1.5,"min_price":5}""", RejectReasons.BadVolume)]
    [InlineData("""{"market_hash_name":"A","min_price":5}""", RejectReasons.BadVolume)]
    [InlineData("""{"market_hash_name":"","quantity":1,"min_price":5}""", RejectReasons.BadName)]
    [InlineData("""{"market_hash_name":"  ","quantity":1,"min_price":5}""", RejectReasons.BadName)]
    [InlineData("""{"market_hash_name":null,"quantity":1,"min_price":5}""", RejectReasons.BadName)]
    [InlineData("""{"market_hash_name":7,"quantity":1,"min_price":5}""", RejectReasons.BadName)]
    [InlineData("""{"market_hash_name":"\ud800","quantity":1,"min_price":5}""", RejectReasons.BadName)]
    [InlineData("""{"quantity":1,"min_price":5}""", RejectReasons.BadName)]
    [InlineData("""{}""", RejectReasons.BadName)]
    [InlineData("""null""", RejectReasons.BadRow)]
    [InlineData("""[]""", RejectReasons.BadRow)]
    [InlineData("""["A",1,5]""", RejectReasons.BadRow)]
    [InlineData("\"A\"", RejectReasons.BadRow)]
    [InlineData("""5""", RejectReasons.BadRow)]
    public async Task Row_Bad_IsRejectedAndTheNextOneTaken(string row, string reason)
    {
        const string Good = """{"market_hash_name":"Good","quantity":1,"min_price":100}""";
        var (prices, rejections) = await FetchAsync($"[{Good},{row},{Good}]");
        Assert.Equal(["Good", "Good"], prices.Select(price => price.Name));
        var rejection = Assert.Single(rejections);
        Assert.Equal((reason, row), (rejection.Reason, rejection.Sample));
    }

    [Fact]
    public async Task Row_WithNameThatIsNoUtf8_IsRejected()
    {
        var body = "[{\"market_hash_name\":\"?\",\"quantity\":1,\"min_price\":5}]"u8.ToArray();
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;
        using var host = new CsFloatHost(new RecordedHttp().Serve(
            HttpMethod.Get, CsFloatHost.Path, () => new HttpResponseMessage { Content = new ByteArrayContent(body) }));
        Assert.Empty(await host.FetchAllAsync());
        Assert.Equal(RejectReasons.BadName, Assert.Single(host.Rejections).Reason);
    }

    private static async Task<(List<RawPrice> Prices, IReadOnlyList<Rejection> Rejections)> FetchAsync(string body)
    {
        using var host = new CsFloatHost(new RecordedHttp().Serve(CsFloatHost.Path, body));
        return (await host.FetchAllAsync(), host.Rejections);
    }
}
