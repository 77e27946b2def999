using System.Collections.Concurrent;

namespace Tracera.Ingestion.Tests.Live;

public sealed class LiveConcurrencyTests
{
    private static CancellationToken Token => LiveHost.Token;

    [Fact]
    public async Task SnapshotAndUpdates_UnderLoad_MissNothingAndNeverGoBackwards()
    {
        const int Series = 50;
        const int Rounds = 2_000;
        await using var host = new LiveHost(options => options.QueueCapacity = 65_536);
        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(() => FollowAsync(host, Series, Rounds), Token)).ToArray();

        for (var round = 1; round <= Rounds; round++)
        {
            await host.WriteAsync([.. Enumerable.Range(1, Series).Select(item => Numbered(host, item, round))]);
        }

        foreach (var last in await Task.WhenAll(readers))
        {
            Assert.All(last.Values, price => Assert.Equal(Rounds, price));
        }
    }

    // Each round's tick is one higher than that of the round before, so a miss and a step back both show.
    private static async Task<ConcurrentDictionary<ItemId, decimal>> FollowAsync(LiveHost host, int series, int rounds)
    {
        var last = new ConcurrentDictionary<ItemId, decimal>();
        await using var subscription = await host.Source.SubscribeAsync(Token);
        var snapshot = await host.Reader.ReadAllAsync(Token);
        foreach (var tick in snapshot.Prices)
        {
            last[tick.Item] = tick.Price;
        }

        var from = snapshot.Position.Find(0)!.Value;
        if (last.Count == series && last.Values.All(price => price == rounds))
        {
            return last;
        }

        await foreach (var update in subscription.ReadAsync(Token))
        {
            Assert.False(update.Gap);
            foreach (var tick in update.Prices.ToArray())
            {
                Assert.Equal(update.Point.Offset <= from.Offset, tick.Price <= last.GetValueOrDefault(tick.Item));
                last[tick.Item] = Math.Max(tick.Price, last.GetValueOrDefault(tick.Item));
            }

            if (last.Count == series && last.Values.All(price => price == rounds))
            {
                break;
            }
        }

        return last;
    }

    private static PriceTick Numbered(LiveHost host, int item, int round) => host.Tick(item, round, -10_000 + round);
}
