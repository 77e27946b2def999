using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Ticks;

/// <summary>P6: whatever order ticks come in, the latest never goes backwards and is in the end what a store would say.</summary>
public sealed class ShuffledTicksTests(SharedRedis redis)
{
    private const int Ticks = 1_000_000;
    private const int Items = 1_000;
    private const int Sources = 2;
    private const int BatchSize = 8_192;

    [Fact]
    public async Task Latest_AMillionShuffledTicksWithRepeats_NeverGoesBackwardsAndEndsAtTheNewest()
    {
        await using var host = await RedisHost.StartAsync(redis.Endpoint, redis.NextPrefix(), options => options.QueueCapacity = 65_536);
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        var ticks = Shuffled(host);
        var newest = Newest(ticks);
        var watching = WatchAsync(updates, newest);

        var outcome = default(WriteOutcome);
        foreach (var batch in ticks.Chunk(BatchSize))
        {
            outcome += await host.WriteAsync(batch);
        }

        Assert.Equal(ticks.Length, outcome.Total);
        Assert.True(outcome.Duplicate > 0 && outcome.Conflated > 0 && outcome.Corrected > 0, outcome.ToString());
        Assert.Equal(0, await watching.WaitAsync(TimeSpan.FromSeconds(60), RedisHost.Token));
        Assert.Equal(newest.Values.OrderBy(tick => tick.Item).ThenBy(tick => tick.Source), await host.LatestAsync());
    }

    // How often a series went backwards, until the newest of every series has come.
    private static async Task<int> WatchAsync(IUpdateSubscription updates, Dictionary<SeriesKey, PriceTick> newest)
    {
        var (seen, backwards, missing) = (new Dictionary<SeriesKey, PriceTick>(), 0, newest.Count);
        await foreach (var update in updates.ReadAsync(RedisHost.Token))
        {
            Assert.False(update.Gap);
            foreach (var tick in update.Prices.ToArray())
            {
                backwards += seen.TryGetValue(tick.Series, out var known) && !tick.IsNewerThan(known) ? 1 : 0;
                seen[tick.Series] = tick;
                missing -= tick == newest[tick.Series] ? 1 : 0;
            }

            if (missing == 0)
            {
                break;
            }
        }

        return backwards;
    }

    // Three of ten repeat another tick; one of a hundred corrects another.
    private static PriceTick[] Shuffled(RedisHost host)
    {
        var (random, start) = (new Random(11), host.Tick(1, 1m, -3_600, -3_600));
        var ticks = Enumerable.Range(0, Ticks * 69 / 100).Select(i => start with
        {
            Item = new ItemId(1 + random.Next(Items)),
            Source = new SourceId(1 + random.Next(Sources)),
            Price = random.Next(1, 10_000) / 100m,
            ObservedAtMicroseconds = start.ObservedAtMicroseconds + (1_000L * i),
            ReceivedAtMicroseconds = start.ReceivedAtMicroseconds + (1_000L * i),
        }).ToArray();
        var repeats = random.GetItems(ticks, Ticks * 30 / 100);
        var corrections = random.GetItems(ticks, Ticks / 100).Select((tick, i) => tick with { Price = tick.Price + 1, ReceivedAtMicroseconds = tick.ReceivedAtMicroseconds + 1 + i });
        PriceTick[] all = [.. ticks, .. repeats, .. corrections];
        random.Shuffle(all);
        return all;
    }

    // What a store says: the latest observed, and of that the correction that was received last.
    private static Dictionary<SeriesKey, PriceTick> Newest(PriceTick[] ticks) => ticks
        .GroupBy(tick => tick.Series)
        .ToDictionary(
            series => series.Key,
            series => series.Aggregate((newest, tick) => tick.IsNewerThan(newest) ? tick : newest));
}
