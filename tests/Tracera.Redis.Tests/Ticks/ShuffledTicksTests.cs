using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Ticks;

/// <summary>
/// P6: whatever order ticks come in, the latest never goes backwards and is in the end what a store says that got the same ticks: the one in memory, or with TRACERA_TORTURE=full
/// the one in a file, which takes minutes for them.
/// </summary>
public sealed class ShuffledTicksTests(SharedRedis redis)
{
    private const int Ticks = 1_000_000;
    private const int Items = 1_000;
    private const int Sources = 2;
    private const int BatchSize = 8_192;
    private const int StoreBatchSize = 50_000;
    private static readonly bool IsFull = Environment.GetEnvironmentVariable("TRACERA_TORTURE") == "full";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(IsFull ? 10 : 1);

    [Fact]
    public async Task Latest_AMillionShuffledTicksWithRepeats_NeverGoesBackwardsAndEndsAsTheStoresLatest()
    {
        var prefix = redis.NextPrefix();
        await using var store = await ReferenceStore.OpenAsync(IsFull, Items, Sources);
        await using var host = await RedisHost.StartAsync(redis.Endpoint, prefix, options => options.QueueCapacity = 65_536);
        await using var other = await RedisHost.StartAsync(redis.Endpoint, prefix, options => options.MaxLocal = 0);
        await using var updates = await host.Source.SubscribeAsync(RedisHost.Token);
        ItemId[] items = [.. Enumerable.Range(1, Items).Select(item => new ItemId(item))];
        var (ticks, end) = (Shuffled(host), new ItemId(Items + 1));
        var (followed, here, there) = (new LatestWatch(), new LatestWatch(), new LatestWatch());
        var following = followed.FollowAsync(updates, end);
        var writing = WriteAsync(host, ticks);
        var polling = Task.WhenAll(here.PollAsync(host.Reader, items, writing), there.PollAsync(other.Reader, items, writing));

        var outcome = await writing.WaitAsync(Patience, RedisHost.Token);
        await polling.WaitAsync(Patience, RedisHost.Token);
        foreach (var batch in ticks.Chunk(StoreBatchSize))
        {
            await store.WriteAsync(batch);
        }

        var latest = await store.LatestAsync(Items);

        Assert.Equal(ticks.Length, outcome.Total);
        Assert.True(outcome.Duplicate > 0 && outcome.Conflated > 0 && outcome.Corrected > 0, outcome.ToString());
        Assert.Equal(Items * Sources, latest.Count);
        Assert.Equal(latest, await host.LatestAsync());
        await host.WriteAsync(latest[0] with { Item = end });
        await following.WaitAsync(Patience, RedisHost.Token);
        Assert.Equal(latest, followed.Latest);
        Assert.Equal(latest, here.Latest);
        Assert.Equal(latest, there.Latest);
        Assert.True(here.Moved > latest.Count && there.Moved > latest.Count, "The pollers saw nothing move.");
        Assert.Equal((0, 0), (here.Backwards, there.Backwards));
    }

    private static async Task<WriteOutcome> WriteAsync(RedisHost host, PriceTick[] ticks)
    {
        var outcome = default(WriteOutcome);
        foreach (var batch in ticks.Chunk(BatchSize))
        {
            outcome += await host.WriteAsync(batch);
        }

        return outcome;
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
}
