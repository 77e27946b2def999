namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>Batches that later ones stand in for as a whole go without a look at their ticks, so that a sink that is down takes no time from the others.</summary>
public sealed class ConflatedSpansTests
{
    private const int BatchSize = 64;
    private const int Tables = 4;
    private readonly SpannedBatches _batches = new(BatchSize);
    private readonly SinkAccount _account = new("live", isDurable: false);

    [Theory]
    [InlineData(1, 5, 8, 20, true)]
    [InlineData(1, 0, 20, 20, true)]
    [InlineData(1, 5, 8, 10, false)]
    [InlineData(1, 5, 7, 20, false)]
    [InlineData(1, 6, 20, 20, false)]
    [InlineData(2, 5, 8, 20, false)]
    public void Batch_BehindIt_OutdatesItWhereEverySeriesHasALaterTick(int table, int first, int count, long time, bool isOutdated)
    {
        var (earlier, later) = (new LinkedListNode<WaitingBatch>(new(_batches.Make(1, 5, 8, 10))), new LinkedListNode<WaitingBatch>(new(_batches.Make(table, first, count, time))));
        var outdated = new OutdatedBatches();
        outdated.Follow(earlier);
        outdated.Follow(later);

        Assert.Equal(isOutdated ? [earlier] : [], outdated.All);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    public void Stuck_SinceItWasFull_HoldsOneBatchASpanAndLooksAtNoTick(int capacity)
    {
        var waiting = New(capacity);
        var offered = new HashSet<Guid>();

        // The first answers are cut differently, because their names have to be learnt.
        Offer(waiting, offered, 1, 0, 50, 100, 150);
        for (var time = 2; time < 100; time++)
        {
            Offer(waiting, offered, time, 0, 64, 128, 150);
            var isStuck = time * 3 * Tables > capacity + (3 * Tables);
            Assert.InRange(waiting.Count, 0, isStuck ? 3 * Tables : capacity);
            Assert.All(waiting.All, lease => Assert.Contains(lease.Batch.Id, offered));
        }

        Assert.Equal(150 * Tables, waiting.Ticks);
        Assert.All(waiting.All, lease => Assert.Equal(99, lease.Span.Latest));
        AssertExact(waiting);
    }

    [Fact]
    public void Stuck_CyclesAreCutAnywhere_HoldsNotManyMoreThanOneOfEach()
    {
        var waiting = New(capacity: 8);
        var offered = new HashSet<Guid>();
        var random = new Random(7);
        for (var time = 1; time < 500; time++)
        {
            int[] cuts = [0, .. Enumerable.Range(0, 4).Select(n => (n * 32) + random.Next(1, 32)), 128];
            foreach (var lease in _batches.Cycle(1, time, cuts))
            {
                offered.Add(lease.Batch.Id);
                Assert.True(waiting.TryAdd(lease));
                Assert.InRange(waiting.Count, 1, 8);
            }

            Assert.All(waiting.All, lease => Assert.Contains(lease.Batch.Id, offered));
        }

        Assert.Equal(128, waiting.Ticks);
        AssertExact(waiting);
    }

    [Fact]
    public void Full_OfBatchesWithoutASpan_LooksAtTheTicksAgainOnlyOnceTheyHaveDoubled()
    {
        const int spans = 15;
        var waiting = New(capacity: spans + 1);
        var looks = 0;
        for (var time = 1; time <= 40; time++)
        {
            for (var at = 0; at < spans; at++)
            {
                var before = waiting.Peek()?.Batch.Id;
                Assert.True(waiting.TryAdd(_batches.Make(1, at * BatchSize, BatchSize, time, isSpanned: false)));
                looks += before is not null && before != waiting.Peek()?.Batch.Id ? 1 : 0;
                Assert.InRange(waiting.Ticks, 1, (2 * spans * BatchSize) + BatchSize);
            }
        }

        Assert.InRange(looks, 1, 40);
        AssertExact(waiting);
    }

    [Fact]
    public void Slow_AnswersComeAtOnce_EverySpanHasItsTurn()
    {
        var waiting = New(capacity: 4);
        var taken = new int[3];
        for (var time = 1; time <= 100; time++)
        {
            foreach (var lease in _batches.Cycle(1, time, 0, 64, 128, 192))
            {
                Assert.True(waiting.TryAdd(lease));
            }

            for (var turn = 0; turn < 2 && waiting.Take() is { } lease; turn++)
            {
                taken[lease.Span.First / BatchSize]++;
                lease.Release();
            }
        }

        Assert.All(taken, times => Assert.InRange(times, 30, 100));
    }

    private void Offer(WaitingBatches waiting, HashSet<Guid> offered, long time, params int[] cuts)
    {
        for (var table = 1; table <= Tables; table++)
        {
            foreach (var lease in _batches.Cycle(table, time, cuts))
            {
                offered.Add(lease.Batch.Id);
                Assert.True(waiting.TryAdd(lease));
            }
        }
    }

    private void AssertExact(WaitingBatches waiting)
    {
        var ledger = _account.ToLedger(waiting.Ticks);
        Assert.Equal(waiting.All.Sum(lease => lease.Count), waiting.Ticks);
        Assert.Equal(ledger.Offered, ledger.Conflated + ledger.Buffered);
    }

    private WaitingBatches New(int capacity) => new(new SinkOptions { Overflow = SinkOverflow.Conflate, QueueCapacity = capacity }, _account, BatchSize);
}
