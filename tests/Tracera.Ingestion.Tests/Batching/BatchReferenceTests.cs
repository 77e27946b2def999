using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using NSubstitute;
using Tracera.Ingestion.Tests.Dispatching;
using Tracera.Ingestion.Tests.Shows;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Batching;

/// <summary>
/// Whichever way a batch goes, whoever had a reference to it lets go of it once: were it twice, somebody else's batch would be in its place, and never, its memory would be lost to the pool.
/// It runs beside no other, so that what was let go of serves nobody else yet.
/// </summary>
[Collection(nameof(Alone))]
public sealed class BatchReferenceTests
{
    private const int Ticks = 4;
    private const int Sparse = 64;
    private const int Count = 8;
    private readonly RunId _run = new(Guid.NewGuid());
    private readonly List<(BatchLease Lease, Guid Id)> _held = [];
    private readonly ManualTimeProvider _clock = new();

    public enum Sink
    {
        AnswersAtOnce,
        AnswersLater,
        FailsFirst,
        Refuses,
        Hangs,
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Sink.AnswersAtOnce)]
    [InlineData(Sink.AnswersLater)]
    [InlineData(Sink.FailsFirst)]
    [InlineData(Sink.Refuses)]
    [InlineData(Sink.Hangs)]
    public async Task Stop_AfterBatchesWentToSeveralSinks_AllHaveLetGo(Sink behaviour)
    {
        await using var rig = new Rig { IsAudited = false };
        rig.Configure("DrainTimeout", "00:00:02").Configure("Sinks:store:QueueCapacity", "2");
        rig.Services.AddSingleton<IDeadLetterLog>(new FakeDeadLetters());
        var live = rig.AddSink("live", static options => options.QueueCapacity = 1);
        (rig.Durable.Write, live.Write) = (AnswerOf(behaviour, rig.Durable), AnswerOf(behaviour, live));
        await rig.StartAsync();
        for (var n = 0; n < Count; n++)
        {
            await rig.Provided.GetRequiredService<IngestChannel>().WriteAsync(Held(n), Token);
        }

        if (behaviour != Sink.Hangs)
        {
            await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Ledger("live") is { Offered: Count * Ticks, Buffered: 0 } && rig.Ledger("store").Buffered == 0));
        }

        await rig.StopAtDeadlineAsync();

        AssertLetGo();
    }

    [Fact]
    public async Task Stop_WriteThatDoesNotEnd_LeavesItsBatchAlone()
    {
        await using var rig = new Rig { IsAudited = false };
        rig.Configure("DrainTimeout", "00:00:02");
        var answer = new TaskCompletionSource<WriteOutcome>();
        rig.Durable.Write = (_, _) => new(answer.Task);
        await rig.StartAsync();
        await rig.Provided.GetRequiredService<IngestChannel>().WriteAsync(Held(1), Token);
        await rig.Durable.WhenCalledAsync(1);

        await rig.StopAtDeadlineAsync();

        var (lease, id) = Assert.Single(_held);
        lease.Release();
        Assert.Equal((id, Ticks), (lease.Batch.Id, lease.Count));
        answer.SetResult(default);
    }

    [Fact]
    public async Task Stop_WhileTheSinkFails_LeavesAllInTheSpoolAndHasLetGo()
    {
        await using var rig = new Rig { IsAudited = false };
        rig.Configure("DrainTimeout", "00:00:02").Configure("Sinks:store:Overflow", "Spill");
        var (spool, spools) = (new ScriptedSpool(), Substitute.For<ISpoolFactory>());
        spools.Create("store").Returns(spool);
        rig.Services.AddSingleton(spools);
        rig.Durable.Write = static (_, _) => throw new IOException("away");
        await rig.StartAsync();
        await rig.Provided.GetRequiredService<IngestChannel>().WriteAsync(Held(1), Token);
        await rig.Durable.WhenCalledAsync(1);

        await rig.StopAtDeadlineAsync();

        Assert.Single(spool.Taken);
        AssertLetGo();
    }

    [Fact]
    public async Task Publish_AfterTheDeadline_HasLetGo()
    {
        await using var rig = new Rig { IsAudited = false };
        await rig.StartAsync();
        var publisher = new BatchPublisher(rig.Provided.GetRequiredService<IngestChannel>(), rig.Provided.GetRequiredService<RunTracker>());
        var row = new RunRow(_run, "p1", _clock.GetUtcNow());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await publisher.PublishAsync(Held(1), row, new CancellationToken(canceled: true)));

        AssertLetGo();
    }

    [Theory]
    [InlineData(4)]
    [InlineData(3)]
    [InlineData(2)]
    public async Task Spill_AsFarAsThereIsRoomAndLaterTheRest_HasLetGo(int room)
    {
        var spool = new ScriptedSpool { Append = _ => Task.FromResult(room) };
        var (queue, inHand) = await FullAsync(spool);

        await queue.WriteAsync(Held(4), Token);
        spool.Append = static batches => Task.FromResult(batches.Count);
        await queue.CatchUpAsync();
        queue.Done(WriteOutcome.AllWritten(inHand.Batch));
        inHand.Release();

        Assert.Equal(4, spool.Taken.Count);
        AssertLetGo();
    }

    [Fact]
    public async Task Spill_ThatIsCancelled_LetsGoOfNothingUntilTheStop()
    {
        using var deadline = new CancellationTokenSource();
        var spool = new ScriptedSpool { Append = _ => Task.FromException<int>(new OperationCanceledException(deadline.Token)) };
        var (queue, inHand) = await FullAsync(spool);
        var late = Held(4);
        await deadline.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await queue.WriteAsync(late, deadline.Token));
        late.Release();
        spool.Append = static batches => Task.FromResult(batches.Count);
        queue.Complete();
        Assert.True(await queue.TryKeepAsync());
        inHand.Release();

        Assert.Equal(3, spool.Taken.Count);
        AssertLetGo();
    }

    [Fact]
    public async Task Merge_OfBatchesThatWait_HasLetGo()
    {
        var options = new SinkOptions { MergeTicks = 2 * Ticks };
        var queue = new SinkQueue(options, new SinkAccount("store", isDurable: true), Ticks, _clock);
        await queue.WriteAsync(Held(1), Token);
        await queue.WriteAsync(Held(2), Token);

        var merged = await new BatchMerger(options, queue, _clock).GrowAsync((await queue.TakeAsync(Token))!);

        Assert.Equal(2 * Ticks, merged.Count);
        AssertLetGo();
    }

    [Theory]
    [InlineData(true, Ticks)]
    [InlineData(true, Sparse)]
    [InlineData(false, Ticks)]
    [InlineData(false, Sparse)]
    public void Conflate_OfNeighboursAndOfOthers_HasLetGo(bool isSpanned, int size)
    {
        var waiting = new WaitingBatches(new SinkOptions { Overflow = SinkOverflow.Conflate, QueueCapacity = 2 }, new SinkAccount("live", isDurable: false), Ticks);
        for (var n = 0; n < Count; n++)
        {
            Assert.True(waiting.TryAdd(Held(n, isSpanned, size)));
        }

        while (waiting.Take() is { } lease)
        {
            lease.Release();
        }

        AssertLetGo();
    }

    private static Func<PriceBatch, CancellationToken, ValueTask<WriteOutcome>> AnswerOf(Sink behaviour, FakeSink sink) => async (batch, token) =>
    {
        switch (behaviour)
        {
            case Sink.AnswersLater:
                await Task.Yield();
                break;
            case Sink.FailsFirst when sink.Calls % 2 == 1:
                throw new IOException("away");
            case Sink.Refuses:
                throw new SinkException(SinkFailure.Permanent, "22003");
            case Sink.Hangs:
                await Task.Delay(Timeout.Infinite, token);
                break;
        }

        return WriteOutcome.AllWritten(batch);
    };

    // One is in hand, two wait.
    private async Task<(SinkQueue Queue, BatchLease InHand)> FullAsync(ScriptedSpool spool)
    {
        var options = new SinkOptions { QueueCapacity = 2, Overflow = SinkOverflow.Spill };
        var queue = new SinkQueue(options, new SinkAccount("store", isDurable: true), Ticks, _clock, new Spillway("store", spool, options, _clock, NullLogger.Instance));
        await queue.WriteAsync(Held(1), Token);
        var inHand = await queue.TakeAsync(Token);
        await queue.WriteAsync(Held(2), Token);
        await queue.WriteAsync(Held(3), Token);
        return (queue, inHand!);
    }

    private BatchLease Held(int n, bool isSpanned = true, int size = Ticks)
    {
        var lease = new SpannedBatches(size) { Run = _run }.Make(table: 1, first: 0, Ticks, time: 1 + n, isSpanned);
        _held.Add((lease.Retain(), lease.Batch.Id));
        return lease;
    }

    private void AssertLetGo()
    {
        Assert.NotEmpty(_held);
        foreach (var (lease, id) in _held)
        {
            Assert.Equal(id, lease.Batch.Id);
            lease.Release();
            Assert.Equal(0, lease.Count);
        }
    }
}
