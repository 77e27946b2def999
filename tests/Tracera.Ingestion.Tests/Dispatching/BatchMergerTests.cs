using System.Buffers;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Dispatching;

public sealed class BatchMergerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunId Run = RunId.New(Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Batch_ThatComesWhileTheAgeIsLookedAt_IsMergedToo()
    {
        var (clock, options) = (new Watched(), new SinkOptions { MergeTicks = 2, MergeAge = TimeSpan.FromSeconds(1) });
        var queue = new SinkQueue(options, new SinkAccount("store", isDurable: true), 10, clock);
        await queue.WriteAsync(Lease(), Token);
        var first = await queue.TakeAsync(Token);
        var second = Task.CompletedTask;
        clock.OnRead = () =>
        {
            clock.OnRead = null;
            second = queue.WriteAsync(Lease(), Token).AsTask();
        };

        var merged = await new BatchMerger(options, queue, clock).GrowAsync(first!);

        await second;
        Assert.Equal(2, merged.Count);
    }

    [Fact]
    public async Task Batches_ThatWait_AreMergedUpToTheBoundOfTicks() => Assert.Equal(4, (await MergeAsync(new SinkOptions { MergeTicks = 4 }, Leases(6))).Count);

    [Theory]
    [InlineData(0, 3)]
    [InlineData(-1, 2)]
    public async Task Batches_ThatWait_AreMergedUpToTheBoundOfBytes(int more, int expected)
    {
        var leases = Leases(6);
        var bytes = new ByteCounter().Count(leases[0].Batch);

        Assert.Equal(expected, (await MergeAsync(new SinkOptions { MergeTicks = 100, MergeBytes = (3 * (int)bytes) + more }, leases)).Count);
    }

    [Fact]
    public async Task Batches_OfAnotherRunOrProvider_AreNotMerged()
    {
        var options = new SinkOptions { MergeTicks = 4 };

        Assert.Equal(1, (await MergeAsync(options, [Lease(), Lease(RunId.New(Start.AddSeconds(1)))])).Count);
        Assert.Equal(1, (await MergeAsync(options, [Lease(), Lease(provider: "q")])).Count);
        Assert.Equal(2, (await MergeAsync(options, [Lease(), Lease(), Lease(provider: "q"), Lease()])).Count);
    }

    [Fact]
    public async Task Merged_IsAsOldAsItsOldestPart() => Assert.Equal(0, (await MergeAsync(new SinkOptions { MergeTicks = 2 }, Leases(2))).CreatedAt);

    [Fact(Timeout = 30_000)]
    public async Task Writer_ThatWaitsForRoom_IsLetInAsSoonAsABatchIsMerged()
    {
        var options = new SinkOptions { QueueCapacity = 1, Overflow = SinkOverflow.Wait, MergeTicks = 3, MergeAge = TimeSpan.FromHours(1) };
        var clock = new ManualTimeProvider(Start);
        var queue = new SinkQueue(options, new SinkAccount("store", isDurable: true), 10, clock);
        await queue.WriteAsync(Lease(createdAt: clock.GetTimestamp()), Token);
        var first = await queue.TakeAsync(Token);
        await queue.WriteAsync(Lease(), Token);
        var waiting = queue.WriteAsync(Lease(), Token).AsTask();
        Assert.False(waiting.IsCompleted);

        var merged = await new BatchMerger(options, queue, clock).GrowAsync(first!);

        Assert.Equal(3, merged.Count);
        await waiting;
    }

    private static async Task<BatchLease> MergeAsync(SinkOptions options, BatchLease[] leases)
    {
        var clock = new Watched { Now = 1 };
        var queue = new SinkQueue(options, new SinkAccount("store", isDurable: true), 10, clock);
        foreach (var lease in leases)
        {
            await queue.WriteAsync(lease, Token);
        }

        queue.Complete();
        return await new BatchMerger(options, queue, clock).GrowAsync((await queue.TakeAsync(Token))!);
    }

    private static BatchLease[] Leases(int count) => [.. Enumerable.Range(0, count).Select(static _ => Lease())];

    private static BatchLease Lease(RunId? run = null, string provider = "p", long createdAt = 0)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(1);
        memory[0] = new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(Start), UnixTime.ToMicroseconds(Start));
        return BatchLease.Of(new PriceBatch(Guid.CreateVersion7(Start), run ?? Run, provider, memory.AsMemory(0, 1), BatchLane.Live), memory, createdAt);
    }

    /// <summary>A clock that stands still and tells when it is looked at.</summary>
    private sealed class Watched : TimeProvider
    {
        public Action? OnRead { get; set; }

        public long Now { get; init; }

        public override long GetTimestamp()
        {
            OnRead?.Invoke();
            return Now;
        }
    }
}
