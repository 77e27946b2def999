using System.Text.Json.Nodes;

namespace Tracera.EndToEnd.Tests;

/// <summary>The main job on input as the venue writes it: a whole CSFloat price list, by <c>BaseAddress</c>.</summary>
public sealed class PriceListTests
{
    private const int RowCount = 24_000;

    [Fact]
    public async Task PriceList_OfTwentyFourThousandRows_IsStoredExactlyAndAccountedFor()
    {
        var stop = TestContext.Current.CancellationToken;
        var rows = PriceList.WithBadRows(RowCount, seed: 20_261_122);
        using var folder = new TemporaryFolder();
        await using var feed = await PriceListServer.StartAsync(_ => rows, stop);
        await using var host = await HostProcess.StartAsync(
            folder.Path,
            stop,
            "--Tracera:Providers:simulated:Enabled=false",
            "--Tracera:Providers:csfloat:Enabled=true",
            $"--Tracera:Providers:csfloat:BaseAddress={feed.BaseAddress}");

        var run = await RunWatch.WaitForEndAsync(host, stop);

        AssertRun(run, rows);
        var stored = await ReadLatestAsync(host, stop);
        var good = rows.Where(row => row.Rejection is null).ToDictionary(row => row.Name!);
        Assert.Equal(good.Count, stored.Count);
        Assert.All(stored, price => AssertPrice(good[price.Key], price.Value));
        Assert.Equal(1, feed.Cycles);
    }

    private static void AssertRun(JsonNode run, IReadOnlyList<PriceRow> rows)
    {
        var row = Assert.Single(run["providers"]!.AsArray())!;
        var expected = rows.Where(row => row.Rejection is not null)
            .GroupBy(row => row.Rejection!)
            .ToDictionary(group => group.Key, group => (long)group.Count());
        var rejected = row["rejected_by"]!.AsObject().ToDictionary(reason => reason.Key, reason => (long)reason.Value!);

        Assert.Equal("completed", (string?)run["state"], ignoreCase: true);
        Assert.Equal("csfloat", (string?)row["provider"]);
        Assert.Equal(expected, rejected);
        Assert.Equal(RowCount, (long)row["fetched"]!);
        Assert.Equal(expected.Values.Sum(), (long)row["rejected"]!);
        Assert.Equal(0, (long)row["deduplicated"]!);
        Assert.Equal(RowCount - expected.Values.Sum(), (long)row["accepted"]!);
        Assert.Equal((long)row["accepted"]!, (long)row["stored"]!);
        Assert.Equal(0, (long)row["corrected"]! + (long)row["dead_lettered"]!);
    }

    private static void AssertPrice(PriceRow row, JsonNode price)
    {
        Assert.Equal(row.Price, (decimal)price["price"]!);
        Assert.Equal("USD", (string?)price["currency"]);
        Assert.Equal("csfloat", (string?)price["source"]);
        Assert.Equal(row.Quantity, (decimal)price["volume"]!);
    }

    private static async Task<Dictionary<string, JsonNode>> ReadLatestAsync(HostProcess host, CancellationToken stop)
    {
        var items = await host.GetAllAsync("/api/v1/items", stop);
        var names = items.ToDictionary(item => (int)item["id"]!, item => (string)item["name"]!);
        Assert.All(items, item => Assert.Equal("steam:730", (string?)item["category"]));

        var latest = new Dictionary<string, JsonNode>();
        foreach (var ids in names.Keys.Chunk(1_000))
        {
            var answer = await host.GetAsync($"/api/v1/prices/latest?ids={string.Join(',', ids)}", stop);
            foreach (var price in answer["items"]!.AsArray())
            {
                latest.Add(names[(int)price!["item_id"]!], price);
            }
        }

        return latest;
    }
}
