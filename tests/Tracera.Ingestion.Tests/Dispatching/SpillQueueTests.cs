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

    private static BatchLease Lease(int ticks = 1)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(ticks);
        memory.AsSpan(0, ticks).Fill(new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(Start), UnixTime.ToMicroseconds(Start)));
        return BatchLease.Of(new PriceBatch(Guid.CreateVersion7(Start), Run, "p", memory.AsMemory(0, ticks)), memory, 0);
    }

    private SinkQueue NewQueue(Func<IReadOnlyList<PriceBatch>, Task<int>> append) => NewQueue(new ScriptedSpool { Append = append });

    private SinkQueue NewQueue(ScriptedSpool spool) => new(
        _options, new SinkAccount("store", isDurable: true), 10, _clock, new Spillway("store", spool, _options, _clock, NullLogger.Instance));
}
