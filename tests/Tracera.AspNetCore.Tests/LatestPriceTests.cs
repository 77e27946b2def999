using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Tracera.AspNetCore.Tests;

public sealed class LatestPriceTests
{
    private static ApiHost NewHost(out Item item, out Source source)
    {
        var host = new ApiHost();
        host.Snapshots = new FakeSnapshots(host.Store);
        item = host.Store.AddItem("A");
        source = host.Store.AddSource("steam", "steam", Currency.Usd);
        host.Store.AddTick(item, source, 0.0300m, ApiHost.Now, 7.5m);
        return host;
    }

    private static async Task<HttpResponseMessage> AskAsync(ApiHost host, EntityTagHeaderValue? known)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/prices/latest?ids=1");
        if (known is not null)
        {
            request.Headers.IfNoneMatch.Add(known);
        }

        return await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Latest_OfItems_HasTheContractsShape()
    {
        await using var host = await NewHost(out _, out _).StartAsync();

        Answers.IsJson(
            $$"""
            {"items":[{"item_id":1,"source":"steam","provider":"steam","price":0.0300,"currency":"USD","volume":7.5,"observed_at":"2026-03-01T12:00:00Z","received_at":"2026-03-01T12:00:01.5Z"}],
             "stale":false,"position":"{{host.Snapshots!.Position}}"}
            """,
            await host.ReadAsync("/api/v1/prices/latest?ids=1,1,77"));
    }

    [Fact]
    public void Latest_OfEveryKindOfValue_IsWrittenAsTheSerializerWould()
    {
        var source = new Source(new SourceId(1), "prov'ider & son", new SourceDescriptor("buff \"163\" <b> ü 価格", Currency.Usd));
        PriceTick[] ticks =
        [
            new(new ItemId(1), source.Id, 0.0300m, null, 1_772_366_400_000_000, 1_772_366_400_000_001),
            new(new ItemId(int.MaxValue), source.Id, decimal.MaxValue, 0.0000000000000000000000000001m, -1, 1_772_366_400_123_450),
        ];
        var (rows, output) = (new PriceRows(), new ArrayBufferWriter<byte>());
        foreach (var position in new[] { null, "a-b_c" })
        {
            output.ResetWrittenCount();
            LatestPricesWriter.Write(new LatestReading([.. ticks.Select(tick => new SourcedTick(tick, source))], position, position is null), rows, output);

            var answer = new LatestPricesAnswer
            {
                Items = [.. ticks.Select(tick => new LatestPriceRow
                {
                    ItemId = tick.Item.Value,
                    Source = source.Name,
                    Provider = source.Provider,
                    Price = tick.Price,
                    Currency = source.Currency.Code,
                    Volume = tick.Volume,
                    ObservedAt = tick.ObservedAt.UtcDateTime,
                    ReceivedAt = tick.ReceivedAt.UtcDateTime,
                })],
                Stale = position is null,
                Position = position,
            };
            Assert.Equal(JsonSerializer.Serialize(answer, PricesJson.Shared.LatestPricesAnswer), Encoding.UTF8.GetString(output.WrittenSpan));
        }
    }

    [Fact]
    public void Row_OfAPriceThatIsEqualButWrittenDifferently_IsNotTheOneOfBefore()
    {
        var (rows, source) = (new PriceRows(), new Source(new SourceId(1), "steam", new SourceDescriptor("steam", Currency.Usd)));
        var tick = new PriceTick(new ItemId(1), source.Id, 1.0m, 2.0m, 5, 6);
        PriceTick[] others =
        [
            tick with { Price = 1.00m }, tick with { Volume = 2.00m }, tick with { Volume = null }, tick with { ReceivedAtMicroseconds = 7 }, tick with { Item = new ItemId(1 + PriceRows.Places) },
        ];
        foreach (var other in others)
        {
            var known = Row(rows, tick, source);
            Assert.Same(known, Row(rows, tick, source));
            Assert.Equal(Row(new PriceRows(), other, source), Row(rows, other, source));
            Assert.NotEqual(known, Row(rows, other, source));
        }

        static byte[] Row(PriceRows rows, PriceTick tick, Source source)
        {
            var found = new PriceRow[1];
            rows.Of([new SourcedTick(tick, source)], found);
            return found[0].Json;
        }
    }

    [Fact]
    public async Task Latest_OfAKnownTag_Answers304UntilAPriceChanges()
    {
        await using var host = await NewHost(out var item, out var source).StartAsync();
        using var first = await AskAsync(host, null);
        host.Snapshots!.Position = host.Snapshots.Position.With(new StreamPoint(0, 0xabc, 99));
        using var second = await AskAsync(host, first.Headers.ETag);
        host.Store.AddTick(item, source, 0.0300m, ApiHost.Now.AddSeconds(1), 7.5m);
        using var third = await AskAsync(host, first.Headers.ETag);

        Assert.NotNull(first.Headers.ETag);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
        Assert.NotEqual(first.Headers.ETag, third.Headers.ETag);
    }

    [Fact]
    public async Task Latest_OfAThousandItems_IsOneRead()
    {
        await using var host = await NewHost(out _, out _).StartAsync();

        await host.ReadAsync($"/api/v1/prices/latest?ids={string.Join(',', Enumerable.Range(1, 500))}&ids={string.Join(',', Enumerable.Range(501, 500))}");

        Assert.Equal(1, host.Snapshots!.Reads);
    }

    [Fact]
    public async Task Latest_OfTooManyItems_Answers400()
    {
        await using var host = await NewHost(out _, out _).StartAsync();

        var problem = await host.ProblemAsync($"/api/v1/prices/latest?ids={string.Join(',', Enumerable.Range(1, 1_001))}", HttpStatusCode.BadRequest);

        Assert.Equal("ids", problem["parameter"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData("?ids=")]
    [InlineData("?ids=1,x")]
    [InlineData("?ids=-1")]
    [InlineData("?ids=0")]
    public async Task Latest_OfBadIds_Answers400(string query)
    {
        await using var host = await NewHost(out _, out _).StartAsync();

        Assert.Equal("ids", (await host.ProblemAsync($"/api/v1/prices/latest{query}", HttpStatusCode.BadRequest))["parameter"]!.GetValue<string>());
    }
}
