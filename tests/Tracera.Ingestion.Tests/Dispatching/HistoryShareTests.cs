using System.Buffers;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>The backfill lane takes its share of the sink's time, and whatever is of now never waits for it to rest.</summary>
public sealed class HistoryShareTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly ManualTimeProvider _clock = new(Start);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task History_AfterAWriteOfOneSecond_RestsThreeAtAQuarter()
    {
        var queue = NewQueue(0.25);
        await WriteHistoryAsync(queue, 2);
        await TakeForAsync(queue, TimeSpan.FromSeconds(1));

        var next = queue.TakeAsync(Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.False(next.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(BatchLane.Backfill, (await next)!.Batch.Lane);
    }

    [Fact]
    public async Task Now_WhileHistoryRests_IsServedAtOnce()
    {
        var queue = NewQueue(0.01);
        await WriteHistoryAsync(queue, 2);
        await TakeForAsync(queue, TimeSpan.FromSeconds(1));
        var next = queue.TakeAsync(Token).AsTask();

        await queue.WriteAsync(Lease(BatchLane.Live), Token);

        Assert.Equal(BatchLane.Live, (await next)!.Batch.Lane);
    }

    [Fact]
    public async Task History_AtAWholeShare_NeverRests()
    {
        var queue = NewQueue(1);
        await WriteHistoryAsync(queue, 2);
        await TakeForAsync(queue, TimeSpan.FromSeconds(1));

        Assert.Equal(BatchLane.Backfill, (await queue.TakeAsync(Token))!.Batch.Lane);
    }

    [Fact]
    public async Task History_AfterAWriteThatWaitedForAnHour_RestsSecondsOnly()
    {
        var queue = NewQueue(0.25);
        await WriteHistoryAsync(queue, 2);
        await TakeForAsync(queue, TimeSpan.FromHours(1));

        var next = queue.TakeAsync(Token).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(BatchLane.Backfill, (await next)!.Batch.Lane);
    }

    [Fact]
    public async Task History_WhenTheQueueIsCompleted_RestsNoLonger()
    {
        var queue = NewQueue(0.25);
        await WriteHistoryAsync(queue, 2);
        await TakeForAsync(queue, TimeSpan.FromSeconds(1));
        var next = queue.TakeAsync(Token).AsTask();

        queue.Complete();

        Assert.Equal(BatchLane.Backfill, (await next)!.Batch.Lane);
        queue.Done(default);
        Assert.Null(await queue.TakeAsync(Token));
    }

    [Fact]
    public async Task History_ThatWaits_IsCountedAmongWhatWaits()
    {
        var queue = NewQueue(0.25);
        await WriteHistoryAsync(queue, 2);
        await queue.WriteAsync(Lease(BatchLane.Live), Token);

        Assert.Equal((3, 3L, 3L), (queue.Status("store").Depth, queue.ToLedger().Offered, queue.ToLedger().Buffered));
    }

    private async Task TakeForAsync(SinkQueue queue, TimeSpan span)
    {
        Assert.Equal(BatchLane.Backfill, (await queue.TakeAsync(Token))!.Batch.Lane);
        _clock.Advance(span);
        queue.Done(default);
    }

    private async Task WriteHistoryAsync(SinkQueue queue, int count)
    {
        for (var i = 0; i < count; i++)
        {
            await queue.WriteAsync(Lease(BatchLane.Backfill), Token);
        }
    }

    private SinkQueue NewQueue(double share) => new(new SinkOptions { BackfillShare = share }, new SinkAccount("store", isDurable: true), 10, _clock);

    private BatchLease Lease(BatchLane lane)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(1);
        memory[0] = new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(Start), UnixTime.ToMicroseconds(Start));
        return BatchLease.Of(new PriceBatch(Guid.CreateVersion7(Start), RunId.New(Start), "p", memory.AsMemory(0, 1), lane), memory, _clock.GetTimestamp());
    }
}
