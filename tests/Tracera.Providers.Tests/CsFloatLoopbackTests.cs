using System.Text;

namespace Tracera.Providers.Tests;

[Collection(nameof(Alone))]
public sealed class CsFloatLoopbackTests
{
    private const string Row = """{"market_hash_name":"AK-47 | Redline (Field-Tested)","quantity":3,"min_price":1450}""";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/")]
    [InlineData("")]
    public async Task BaseAddress_OfARealServer_IsAsked(string path)
    {
        await using var server = new LoopbackServer(async (stream, ct) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, ct);
            await LoopbackServer.WriteAsync(stream, $"[{Row}]", ct);
        });
        using var host = new CsFloatHost(baseAddress: server.Address + path, apiKey: "k-1");
        Assert.Equal(14.50m, Assert.Single(await host.FetchAllAsync()).Price);
        var request = await server.Request;
        Assert.StartsWith($"GET {path.TrimEnd('/')}/listings/price-list HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: k-1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nUser-Agent: Tracera/", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAccept-Encoding: gzip, deflate, br", request, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_ArriveBeforeTheBodyEnds()
    {
        var firstRowSeen = new TaskCompletionSource();
        await using var server = new LoopbackServer(async (stream, ct) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, ct);
            await LoopbackServer.WriteAsync(stream, $"[{Row},", ct);
            await firstRowSeen.Task.WaitAsync(ct);
            await LoopbackServer.WriteAsync(stream, $"{Row}]", ct);
        });
        using var host = new CsFloatHost(baseAddress: server.Address);
        var count = 0;
        await foreach (var price in host.Fetch(Token))
        {
            count++;
            firstRowSeen.TrySetResult();
        }

        Assert.Equal(2, count);
    }

    [Fact]
    public async Task Answer_OfTenMillionBytes_IsReadInLittleMemory()
    {
        const int Rows = 140_000;
        Assert.True(Rows * Row.Length >= 10_000_000);
        var some = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Row + ",", 1_000)));
        await using var server = new LoopbackServer(async (stream, ct) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, ct);
            await LoopbackServer.WriteAsync(stream, "[", ct);
            for (var i = 0; i < Rows / 1_000; i++)
            {
                await stream.WriteAsync(some, ct);
            }

            await LoopbackServer.WriteAsync(stream, $"{Row}]", ct);
        });
        using var host = new CsFloatHost(baseAddress: server.Address);
        var (count, before, most) = (0, GC.GetTotalMemory(forceFullCollection: true), 0L);
        await foreach (var price in host.Fetch(Token))
        {
            if (count++ % 10_000 == 0)
            {
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
            }
        }

        Assert.Equal((Rows / 1_000 * 1_000) + 1, count);
        Assert.InRange(most, 0, 4_000_000);
    }

    [Fact]
    public async Task Cancellation_InTheMiddleOfABody_EndsTheCycle()
    {
        await using var server = new LoopbackServer(async (stream, ct) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, ct);
            await LoopbackServer.WriteAsync(stream, $"[{Row},", ct);
            await Task.Delay(Timeout.Infinite, ct);
        });
        using var host = new CsFloatHost(baseAddress: server.Address);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var price in host.Fetch(stop.Token))
            {
                count++;
                await stop.CancelAsync();
            }
        });
        Assert.Equal(1, count);
    }

    [Fact]
    public async Task Connection_ThatBreaksInTheMiddleOfABody_IsTransientAfterTheRowsBefore()
    {
        await using var server = new LoopbackServer(async (stream, ct) =>
        {
            await LoopbackServer.WriteHeadAsync(stream, ct, "Content-Length: 100000\r\n");
            await LoopbackServer.WriteAsync(stream, $"[{Row},", ct);
        });
        using var host = new CsFloatHost(baseAddress: server.Address);
        var prices = new List<RawPrice>();
        var failure = await Assert.ThrowsAsync<ProviderException>(() => host.FetchAllAsync(prices));
        Assert.Equal(ProviderFailure.Transient, failure.Failure);
        Assert.Single(prices);
    }

    [Fact]
    public async Task Server_ThatIsAway_IsTransient()
    {
        string address;
        await using (var server = new LoopbackServer((_, _) => Task.CompletedTask))
        {
            address = server.Address;
        }

        using var host = new CsFloatHost(baseAddress: address);
        Assert.Equal(ProviderFailure.Transient, (await Assert.ThrowsAsync<ProviderException>(() => host.FetchAllAsync())).Failure);
    }
}
