using System.Buffers;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>A queue over a spool that fails for long: what is held up by it, how often it is tried, and what is said.</summary>
public sealed class SpoolTroubleTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunId Run = RunId.New(Start);
    private readonly ManualTimeProvider _clock = new();
    private readonly SinkOptions _options = new() { QueueCapacity = 2, Overflow = SinkOverflow.Spill };
    private readonly LogBook _log = new();
    private readonly ScriptedSpool _spool = new() { Status = new SpoolStatus("store", 2, 2, 0, 0, 0) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        _log.Dispose();
        await _spool.DisposeAsync();
    }

    [Fact(Timeout = 30_000)]
    public async Task Read_Failing_HoldsUpNoWriter()
    {
        _spool.ReadFault = new FileNotFoundException("gone");
        var queue = await OpenAsync();
        var taking = queue.TakeAsync(Token).AsTask();
        await _clock.WhenTimersAsync(1, Token);

        await queue.WriteAsync(Lease(), Token);

        Assert.True(queue.IsSpoolUnreadable);
        Assert.False(taking.IsCompleted);
        Assert.Equal(3, queue.ToLedger().Offered);
    }

    [Theory(Timeout = 30_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Disk_FailingForLong_IsTriedLessAndLessOftenAndToldOnce(bool byRead)
    {
        var (first, second, third) = (Lease().Batch, Lease().Batch, Lease().Batch);
        foreach (var batch in new[] { first, second, third })
        {
            _spool.Content.Enqueue(batch);
        }

        var queue = await OpenAsync();
        Assert.Equal(first.Id, (await queue.TakeAsync(Token))!.Batch.Id);
        Fail(byRead, new FileNotFoundException("gone"));
        Assert.True(queue.Done(WriteOutcome.AllWritten(first)));
        var (before, taking) = (_spool.Tries, queue.TakeAsync(Token).AsTask());

        await RunForAsync(TimeSpan.FromMinutes(10), taking);
        Assert.InRange(_spool.Tries - before, 20, 60);
        Assert.True(queue.IsSpoolUnreadable);
        Assert.Single(_log.Of(2606));

        Fail(byRead, null);
        await RunForAsync(_options.MaximumBackoff, taking);
        Assert.Equal(second.Id, (await taking)!.Batch.Id);
        Assert.Equal([first.Id], _spool.Acknowledged);
        Assert.False(queue.IsSpoolUnreadable);
        Assert.Single(_log.Of(2608));

        Fail(byRead, new IOException("again"));
        queue.Done(WriteOutcome.AllWritten(second));
        taking = queue.TakeAsync(Token).AsTask();
        await _clock.WhenTimersAsync(1, Token);
        Fail(byRead, null);
        await RunForAsync(_options.MinimumBackoff, taking);
        Assert.Equal(third.Id, (await taking)!.Batch.Id);
        Assert.Equal([2606, 2608, 2606, 2608], _log.Lines.Select(line => line.Id).Where(id => id is 2606 or 2608));
    }

    [Fact(Timeout = 30_000)]
    public async Task Complete_WhileTheSpoolIsLeftAlone_EndsAtOnce()
    {
        _spool.ReadFault = new FileNotFoundException("gone");
        var queue = await OpenAsync();
        var taking = queue.TakeAsync(Token).AsTask();
        await _clock.WhenTimersAsync(1, Token);

        queue.Complete();

        Assert.Null(await taking);
    }

    [Fact(Timeout = 30_000)]
    public async Task Complete_WhileItCannotBeToldOfABatch_TellsItOnceMore()
    {
        var batch = Lease().Batch;
        _spool.Content.Enqueue(batch);
        var queue = await OpenAsync();
        Assert.NotNull(await queue.TakeAsync(Token));
        _spool.AcknowledgeFault = new IOException("the disk fails");
        queue.Done(WriteOutcome.AllWritten(batch));
        var taking = queue.TakeAsync(Token).AsTask();
        await _clock.WhenTimersAsync(1, Token);

        _spool.AcknowledgeFault = null;
        queue.Complete();

        Assert.Null(await taking);
        Assert.Equal([batch.Id], _spool.Acknowledged);
    }

    [Fact(Timeout = 30_000)]
    public async Task Status_Failing_EndsNothingAndIsToldOnce()
    {
        var batch = Lease().Batch;
        _spool.Content.Enqueue(batch);
        _spool.Content.Enqueue(Lease().Batch);
        var queue = await OpenAsync();
        _spool.StatusFault = new IOException("the share is away");

        Assert.Equal(batch.Id, (await queue.TakeAsync(Token))!.Batch.Id);
        queue.Done(WriteOutcome.AllWritten(batch));
        Assert.NotNull(await queue.TakeAsync(Token));

        Assert.Equal(2, queue.Spool!.Batches);
        Assert.Single(_log.Of(2609));
    }

    [Fact(Timeout = 30_000)]
    public async Task Append_Failing_LetsTheQueueFillAndIsTriedAgainLater()
    {
        var tries = 0;
        _spool.Status = new SpoolStatus("store", 0, 0, 0, 0, 0);
        _spool.Append = _ => throw new IOException($"full of faults: {++tries}");
        var queue = await OpenAsync();
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);
        var writing = queue.WriteAsync(Lease(), Token).AsTask();
        await RunForAsync(TimeSpan.FromMinutes(10), writing);
        Assert.InRange(tries, 20, 60);
        Assert.True(queue.IsSpoolFull);

        // Room in memory is used at once, and the disk is left alone.
        Assert.NotNull(await queue.TakeAsync(Token));
        await writing;
        Assert.InRange(tries, 20, 60);
        Assert.Single(_log.Of(2606));
        Assert.Empty(_log.Of(2607));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(1)]
    [InlineData(-4)]
    public async Task Append_AnswerThatCannotBe_IsNoAnswerAndTriedAgain(int more)
    {
        _spool.Status = new SpoolStatus("store", 0, 0, 0, 0, 0);
        _spool.Append = batches => Task.FromResult(batches.Count + more);
        var queue = await OpenAsync();
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);
        var writing = queue.WriteAsync(Lease(), Token).AsTask();
        Assert.False(writing.IsCompleted);
        Assert.Equal((2L, 2L), (queue.ToLedger().Offered, queue.ToLedger().Buffered));

        _spool.Append = static batches => Task.FromResult(batches.Count);
        await RunForAsync(_options.MinimumBackoff, writing);
        await writing;

        Assert.Equal((3L, 3L), (queue.ToLedger().Offered, queue.ToLedger().Buffered));
        Assert.Equal([2606, 2608], _log.Lines.Select(line => line.Id).Where(id => id is 2606 or 2608));
    }

    private static BatchLease Lease()
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(1);
        memory[0] = new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(Start), UnixTime.ToMicroseconds(Start));
        return BatchLease.Of(new PriceBatch(Guid.CreateVersion7(Start), Run, "p", memory.AsMemory(0, 1)), memory, 0);
    }

    private void Fail(bool byRead, Exception? fault) =>
        (_spool.ReadFault, _spool.AcknowledgeFault) = (byRead ? fault : null, byRead ? null : fault);

    private async Task<SinkQueue> OpenAsync()
    {
        var queue = new SinkQueue(_options, new SinkAccount("store", isDurable: true), 10, _clock, new Spillway("store", _spool, _options, _clock, _log));
        await queue.OpenAsync(Token);
        return queue;
    }

    // Whoever waits has set its timer before the clock moves on.
    private async Task RunForAsync(TimeSpan span, Task waiter)
    {
        for (var end = _clock.GetUtcNow() + span; _clock.GetUtcNow() < end && !waiter.IsCompleted;)
        {
            await Task.WhenAny(waiter, _clock.WhenTimersAsync(1, Token));
            _clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }
}
