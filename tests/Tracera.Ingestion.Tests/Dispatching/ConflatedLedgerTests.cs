using System.Runtime.InteropServices;

namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>
/// Whatever comes and is taken in whatever order, a conflating queue accounts for every tick, keeps the order of each series, hands out its newest tick, and each with its own run and provider.
/// </summary>
public sealed class ConflatedLedgerTests
{
    private const int BatchSize = 32;
    private const int Series = 100;
    private const int Steps = 3_000;
    private readonly SpannedBatches _batches = new(BatchSize);
    private readonly SinkAccount _account = new("live", isDurable: false);
    private readonly Dictionary<SeriesKey, long> _taken = [];
    private readonly Dictionary<SeriesKey, long> _newest = [];
    private readonly Dictionary<SeriesKey, decimal> _last = [];
    private readonly Dictionary<decimal, (long Time, RunId Run, string Provider)> _origins = [];
    private long _written;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 4)]
    [InlineData(3, 16)]
    [InlineData(4, 16)]
    [InlineData(5, 64)]
    [InlineData(6, 4)]
    public void Queue_OfRandomBatchesAndTakes_IsExactAtEveryStep(int seed, int capacity)
    {
        var random = new Random(seed);
        var waiting = new WaitingBatches(new SinkOptions { Overflow = SinkOverflow.Conflate, QueueCapacity = capacity }, _account, BatchSize);
        for (var step = 1; step <= Steps; step++)
        {
            // Long times without a take, and some in which more is taken than comes.
            if (random.Next(100) < (step / 300 % 3 * 35))
            {
                Take(waiting);
            }
            else
            {
                Add(waiting, random, step);
            }

            AssertExact(waiting, capacity);
        }

        while (waiting.Count > 0)
        {
            Take(waiting);
            AssertExact(waiting, capacity);
        }
    }

    // Each table has items of its own; now and then a table begins anew, and a batch is of no neighbours or as old as the one before.
    private void Add(WaitingBatches waiting, Random random, int step)
    {
        var table = random.Next(1, 4);
        var count = random.Next(5) == 0 ? 1 : random.Next(1, BatchSize + 1);
        var first = (table * Series) + random.Next(4) switch { 0 => 0, 1 => BatchSize, _ => random.Next(Series - count) };
        var time = random.Next(10) == 0 ? Math.Max(1, step - random.Next(3)) : step;
        _batches.Run = random.Next(4) == 0 ? new RunId(Guid.NewGuid()) : _batches.Run;
        var lease = _batches.Make(table + (step / 100 * 10), first, count, time, isSpanned: random.Next(5) > 0, price: step);
        _origins[step] = (time, _batches.Run, lease.Batch.Provider);
        foreach (var tick in lease.Batch.Ticks.Span)
        {
            _newest[tick.Series] = Math.Max(_newest.GetValueOrDefault(tick.Series), time);
        }

        Assert.True(waiting.TryAdd(lease));
    }

    // The price says when it was offered: of each series, prices come in that order, with the time, the run and the provider that they were offered with.
    private void Take(WaitingBatches waiting)
    {
        if (waiting.Take() is not { } lease)
        {
            return;
        }

        foreach (var tick in lease.Batch.Ticks.Span)
        {
            Assert.Equal(_origins[tick.Price], (tick.ObservedAtMicroseconds, lease.Batch.RunId, lease.Batch.Provider));
            Assert.True(tick.Price > _last.GetValueOrDefault(tick.Series), $"{tick.Price} of {tick.Item} comes behind {_last.GetValueOrDefault(tick.Series)}");
            _last[tick.Series] = tick.Price;
            _taken[tick.Series] = Math.Max(_taken.GetValueOrDefault(tick.Series), tick.ObservedAtMicroseconds);
        }

        _written += lease.Count;
        lease.Release();
    }

    private void AssertExact(WaitingBatches waiting, int capacity)
    {
        var ledger = _account.ToLedger(waiting.Ticks);
        Assert.Equal(ledger.Offered, _written + ledger.Conflated + ledger.Buffered);
        Assert.Equal((waiting.All.Count(), waiting.All.Sum(lease => lease.Count)), (waiting.Count, waiting.Ticks));
        Assert.Same(waiting.All.FirstOrDefault(), waiting.Peek());
        Assert.InRange(waiting.Ticks, 0, Math.Max(2 * _newest.Count, capacity * BatchSize) + BatchSize);

        // The newest of each series has been taken, or waits.
        var newest = new Dictionary<SeriesKey, long>(_taken);
        foreach (var tick in waiting.All.SelectMany(lease => lease.Batch.Ticks.ToArray()))
        {
            newest[tick.Series] = Math.Max(newest.GetValueOrDefault(tick.Series), tick.ObservedAtMicroseconds);
        }

        Assert.True(newest.Count == _newest.Count && newest.All(pair => _newest[pair.Key] == pair.Value));

        // Memory that was given back too early, or twice, would be in two hands, and would hold something else.
        Assert.Equal(waiting.Count, waiting.All.Select(Memory).Distinct().Count());
    }

    private static PriceTick[] Memory(BatchLease lease) => MemoryMarshal.TryGetArray(lease.Batch.Ticks, out var segment) ? segment.Array! : [];
}
