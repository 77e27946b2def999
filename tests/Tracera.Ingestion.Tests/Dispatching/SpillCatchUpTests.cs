using System.Buffers;
using Microsoft.Extensions.Logging.Abstractions;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>What waits in memory behind a spool that had refused it: where it goes once there is room, and at the stop.</summary>
public sealed class SpillCatchUpTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly RunId Run = RunId.New(Start);
    private readonly ManualTimeProvider _clock = new();
    private readonly SinkOptions _options = new() { QueueCapacity = 2, Overflow = SinkOverflow.Spill };
    private readonly List<PriceBatch> _accepted = [];
    private readonly List<Guid> _ids = [];
    private int _room = int.MaxValue;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 30_000)]
    public async Task Stop_WhatWaitsBehindTheSpool_IsSpilledInOrderWithTheBatchInHand()
    {
        var (queue, spool) = await WithTwoBehindAsync();
        queue.Complete();
        Assert.Equal(_ids[4], (await queue.TakeAsync(Token))!.Batch.Id);

        _room = int.MaxValue;
        Assert.True(await queue.TryKeepAsync());

        Assert.Null(await queue.TakeAsync(Token));
        Assert.Equal(_ids, spool.Taken);
        Assert.Equal(_ids, _accepted.Select(batch => batch.Id));
        Assert.Equal([_ids[0]], spool.Acknowledged);
        var ledger = queue.ToLedger();
        Assert.Equal((6L, 1L, 5L, 0L), (ledger.Offered, ledger.Written, ledger.Buffered, ledger.Lost));
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_SpoolWithRoomForOne_TakesTheOldestAndTheNextOneLater()
    {
        var (queue, spool) = await WithTwoBehindAsync();
        queue.Complete();
        Assert.Equal(_ids[4], (await queue.TakeAsync(Token))!.Batch.Id);
        Assert.False(await queue.TryKeepAsync());

        _room = 1;
        Assert.True(await queue.TryKeepAsync());
        Assert.Equal(_ids[5], (await queue.TakeAsync(Token))!.Batch.Id);
        Assert.False(await queue.TryKeepAsync());
        _room = 1;
        Assert.True(await queue.TryKeepAsync());

        Assert.Equal(_ids, spool.Taken);
        Assert.Equal(0, queue.ToLedger().Lost);
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_BatchFromTheSpoolInHand_StaysThereAndWhatWaitsFollows()
    {
        var (queue, spool) = await WithTwoBehindAsync(isWritten: false);
        queue.Complete();

        _room = int.MaxValue;
        Assert.True(await queue.TryKeepAsync());

        Assert.Null(await queue.TakeAsync(Token));
        Assert.Equal(_ids, spool.Taken);
        Assert.Equal((6L, 0L), (queue.ToLedger().Buffered, queue.ToLedger().Lost));
    }

    [Fact(Timeout = 30_000)]
    public async Task Stop_AnswerWhileTheBatchIsSpilledBehindOthers_AcknowledgesNoneOfThem()
    {
        var (queue, spool) = await WithTwoBehindAsync();
        queue.Complete();
        var inHand = await queue.TakeAsync(Token);
        var taken = new TaskCompletionSource<int>();
        spool.Append = _ => taken.Task;
        var keeping = queue.TryKeepAsync();

        queue.Done(WriteOutcome.AllWritten(inHand!.Batch));
        taken.SetResult(2);
        await keeping;

        Assert.Null(await queue.TakeAsync(Token));
        Assert.Equal([_ids[0]], spool.Acknowledged);
        var ledger = queue.ToLedger();
        Assert.Equal((6L, 2L, 4L, 0L), (ledger.Offered, ledger.Written, ledger.Buffered, ledger.Lost));
    }

    [Theory(Timeout = 30_000)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Room_AfterTheSpoolHadRefused_TakesWhatWaits(bool byTake)
    {
        var (queue, spool) = await WithTwoBehindAsync(isWritten: byTake);
        _room = int.MaxValue;

        if (byTake)
        {
            Assert.Equal(_ids[1], (await queue.TakeAsync(Token))!.Batch.Id);
        }
        else
        {
            await queue.CatchUpAsync();
        }

        Assert.Equal(_ids, spool.Taken);
        Assert.Equal(0, queue.Status("store").Depth);
        Assert.False(queue.IsSpoolFull);
        Assert.Equal(6, _accepted.Count);
    }

    // Four batches lie in the spool, of which the first was in hand and has been written or not, and two wait that it had no room for.
    private async Task<(SinkQueue Queue, ScriptedSpool Spool)> WithTwoBehindAsync(bool isWritten = true)
    {
        var spool = new ScriptedSpool { Append = batches => Task.FromResult(TakeRoom(batches.Count)) };
        var way = new Spillway("store", spool, _options, _clock, NullLogger.Instance) { Accepted = _accepted.Add };
        var queue = new SinkQueue(_options, new SinkAccount("store", isDurable: true), 10, _clock, way);
        await queue.WriteAsync(Lease(), Token);
        var first = await queue.TakeAsync(Token);
        for (var n = 1; n < 6; n++)
        {
            _room = n < 4 ? int.MaxValue : 0;
            await queue.WriteAsync(Lease(), Token);
        }

        // It stands at the head of the spool, and is not read from there while it is in hand.
        Assert.Equal(first!.Batch.Id, spool.Content.Dequeue().Id);
        if (isWritten)
        {
            Assert.True(queue.Done(WriteOutcome.AllWritten(first.Batch)));
        }

        Assert.Equal((4, 2, true), (spool.Taken.Count, queue.Status("store").Depth, queue.IsSpoolFull));
        return (queue, spool);
    }

    private int TakeRoom(int wanted)
    {
        var count = Math.Min(_room, wanted);
        _room -= count;
        return count;
    }

    private BatchLease Lease()
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(1);
        memory[0] = new PriceTick(new ItemId(1), new SourceId(1), 1, null, UnixTime.ToMicroseconds(Start), UnixTime.ToMicroseconds(Start));
        _ids.Add(Guid.NewGuid());
        return BatchLease.Of(new PriceBatch(_ids[^1], Run, "p", memory.AsMemory(0, 1)), memory, 0);
    }
}
