using System.Buffers;

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

    private static BatchLease Lease()
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(1);
        memory[0] = new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(Start), UnixTime.ToMicroseconds(Start));
        return BatchLease.Of(new PriceBatch(Guid.CreateVersion7(Start), Run, "p", memory.AsMemory(0, 1), BatchLane.Live), memory, 0);
    }

    /// <summary>A clock that stands still and tells when it is looked at.</summary>
    private sealed class Watched : TimeProvider
    {
        public Action? OnRead { get; set; }

        public override long GetTimestamp()
        {
            OnRead?.Invoke();
            return 0;
        }
    }
}
