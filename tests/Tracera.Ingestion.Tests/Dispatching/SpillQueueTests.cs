using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>A queue that spills, step by step, over a spool whose answers the test gives.</summary>
public sealed class SpillQueueTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunId Run = RunId.New(Start);
    private readonly ManualTimeProvider _clock = new();
    private readonly SinkOptions _options = new() { QueueCapacity = 2, Overflow = SinkOverflow.Spill };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task TakeAlso_WhileBatchesGoToTheSpool_TakesNone()
    {
        var written = new TaskCompletionSource<int>();
        var queue = NewQueue(_ => written.Task);
        await queue.WriteAsync(Lease(), Token);
        var inHand = await queue.TakeAsync(Token);
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);
        var spilling = queue.WriteAsync(Lease(), Token).AsTask();

        Assert.Equal((null, false), queue.TakeAlso(_ => true));
        written.SetResult(4);
        await spilling;
        queue.Done(WriteOutcome.AllWritten(inHand!.Batch));

        var ledger = queue.ToLedger();
        Assert.Equal((4, 1, 3), (ledger.Offered, ledger.Written, ledger.Buffered));
    }

    [Fact(Timeout = 30_000)]
    public async Task Spill_WhileSeveralAreInHand_LeavesThemThere()
    {
        var queue = NewQueue(batches => Task.FromResult(batches.Count));
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);
        var first = await queue.TakeAsync(Token);
        Assert.NotNull(queue.TakeAlso(_ => true).Lease);
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);

        var merged = Lease(ticks: 2);
        queue.Hold(merged);
        queue.Done(WriteOutcome.AllWritten(merged.Batch));

        var ledger = queue.ToLedger();
        Assert.NotNull(first);
        Assert.Equal((5, 2, 3), (ledger.Offered, ledger.Written, ledger.Buffered));
    }

    [Fact(Timeout = 30_000)]
    public async Task Spool_ThatTakesNothing_IsAskedAgainOnceThereIsRoom()
    {
        var asked = 0;
        var queue = NewQueue(_ => Task.FromResult(0 * ++asked));
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);

        var waiting = Task.Run(async () => await queue.WriteAsync(Lease(), Token), Token);
        await Gate.WhenAsync(() => Volatile.Read(ref asked) > 0);
        for (var turn = 0; turn < 1_000; turn++)
        {
            await Task.Yield();
        }

        Assert.Equal(1, Volatile.Read(ref asked));
        Assert.False(waiting.IsCompleted);
        _ = await queue.TakeAsync(Token);
        await waiting;
    }

    [Fact(Timeout = 30_000)]
    public async Task Spool_ThatHasRoomAgain_LetsTheWriterInThatWaits()
    {
        var spool = new ScriptedSpool { Status = new SpoolStatus("store", 1, 1, 0, 0, 0), Append = static _ => Task.FromResult(0) };
        var queue = NewQueue(spool);
        await queue.OpenAsync(Token);
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);
        var waiting = queue.WriteAsync(Lease(), Token).AsTask();
        Assert.False(waiting.IsCompleted);

        spool.Append = static batches => Task.FromResult(batches.Count);
        await queue.CatchUpAsync();

        await waiting;
        Assert.Equal(3, spool.Taken.Count);
    }

    [Fact(Timeout = 30_000)]
    public async Task Spool_ThatMayNotWrite_IsTriedAgain()
    {
        var isForbidden = true;
        var queue = NewQueue(batches => isForbidden ? throw new UnauthorizedAccessException("denied") : Task.FromResult(batches.Count));
        await queue.WriteAsync(Lease(), Token);
        await queue.WriteAsync(Lease(), Token);
        var waiting = queue.WriteAsync(Lease(), Token).AsTask();
        await _clock.WhenTimersAsync(1, Token);

        isForbidden = false;
        _clock.Advance(_options.MinimumBackoff);
        await waiting;

        Assert.Equal(3, queue.ToLedger().Buffered);
    }

    [Fact(Timeout = 30_000)]
    public async Task Spool_WithMoreTicksThanAWholeNumberHolds_IsCountedInFull()
    {
        const long many = 3_000_000_000;
        var spool = new ScriptedSpool { Status = new SpoolStatus("store", 2, many + 1, 0, 0, 0) };
        spool.Content.Enqueue(Lease().Batch);
        var queue = NewQueue(spool);
        await queue.OpenAsync(Token);

        var offered = queue.ToLedger();
        Assert.Equal((many + 1, many + 1, 0L), (offered.Offered, offered.Buffered, offered.Lost));

        spool.Status = spool.Status with { DamagedTicks = many };
        Assert.NotNull(await queue.TakeAsync(Token));
        var ledger = queue.ToLedger();
        Assert.Equal((many + 1, 1L, many), (ledger.Offered, ledger.Buffered, ledger.Lost));
    }

    [Fact(Timeout = 30_000)]
    public async Task Done_OfABatchThatHasGoneBehindOlderOnes_DoesNotAcknowledgeThem()
    {
        var spool = new ScriptedSpool { Status = new SpoolStatus("store", 1, 1, 0, 0, 0), Append = static _ => Task.FromResult(0) };
        SinkQueue? queue = null;
        queue = NewQueue(spool, batch => queue!.Done(WriteOutcome.AllWritten(batch)));
        await queue.OpenAsync(Token);
        await queue.WriteAsync(Lease(), Token);
        queue.Complete();
        Assert.NotNull(await queue.TakeAsync(Token));

        spool.Append = static batches => Task.FromResult(batches.Count);
        await queue.TryKeepAsync();

        Assert.Single(spool.Taken);
        Assert.Empty(spool.Acknowledged);
        Assert.Equal((2L, 1L, 1L), (queue.ToLedger().Offered, queue.ToLedger().Written, queue.ToLedger().Buffered));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Done_WhileTheBatchGoesToTheSpool_IsToldThereUnlessOlderOnesLieThere(bool isBehind)
    {
        var written = new TaskCompletionSource<int>();
        var spool = new ScriptedSpool { Status = new SpoolStatus("store", isBehind ? 1 : 0, isBehind ? 1 : 0, 0, 0, 0), Append = static _ => Task.FromResult(0) };
        var queue = NewQueue(spool);
        await queue.OpenAsync(Token);
        await queue.WriteAsync(Lease(), Token);
        queue.Complete();
        var inHand = (await queue.TakeAsync(Token))!.Batch;
        spool.Append = _ => written.Task;
        var keeping = queue.TryKeepAsync();

        Assert.False(queue.Done(WriteOutcome.AllWritten(inHand)));
        written.SetResult(1);

        Assert.False(await keeping);
        Assert.Equal(isBehind ? [] : [inHand.Id], spool.Acknowledged);
        Assert.Equal((1L, isBehind ? 1L : 0L), (queue.ToLedger().Written, queue.ToLedger().Buffered));
    }

    [Fact(Timeout = 30_000)]
    public async Task Spool_ReadToItsEnd_IsNotFullAnyMore()
    {
        var spool = new ScriptedSpool { Status = new SpoolStatus("store", 1, 1, 0, 0, 0), Append = static _ => Task.FromResult(0) };
        var queue = NewQueue(spool);
        await queue.OpenAsync(Token);
        await queue.WriteAsync(Lease(), Token);
        Assert.True(queue.IsSpoolFull);

        Assert.NotNull(await queue.TakeAsync(Token));

        Assert.False(queue.IsSpoolFull);
    }

    [Fact(Timeout = 30_000)]
    public async Task Spool_WithDamage_LosesItOnce()
    {
        var spool = new ScriptedSpool { Status = new SpoolStatus("store", 3, 3, 0, 0, 0) };
        spool.Content.Enqueue(Lease().Batch);
        spool.Content.Enqueue(Lease().Batch);
        var queue = NewQueue(spool);
        await queue.OpenAsync(Token);

        spool.Status = spool.Status with { DamagedTicks = 1 };
        for (var taken = 0; taken < 2; taken++)
        {
            queue.Done(WriteOutcome.AllWritten((await queue.TakeAsync(Token))!.Batch));
        }

        Assert.Equal((3L, 2L, 1L, 0L), (queue.ToLedger().Offered, queue.ToLedger().Written, queue.ToLedger().Lost, queue.ToLedger().Buffered));
    }

    private static BatchLease Lease(int ticks = 1)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(ticks);
        memory.AsSpan(0, ticks).Fill(new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(Start), UnixTime.ToMicroseconds(Start)));
        return BatchLease.Of(new PriceBatch(Guid.CreateVersion7(Start), Run, "p", memory.AsMemory(0, ticks)), memory, 0);
    }

    private SinkQueue NewQueue(Func<IReadOnlyList<PriceBatch>, Task<int>> append) => NewQueue(new ScriptedSpool { Append = append });

    private SinkQueue NewQueue(ScriptedSpool spool, Action<PriceBatch>? accepted = null) => new(
        _options, new SinkAccount("store", isDurable: true), 10, _clock, new Spillway("store", spool, _options, _clock, NullLogger.Instance) { Accepted = accepted });
}
