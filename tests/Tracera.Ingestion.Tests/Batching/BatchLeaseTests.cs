using System.Buffers;
using Tracera.Ingestion.Tests.Shows;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Batching;

/// <summary>Leases are shared by the whole process and serve again: these tests run beside no other, so that none takes theirs.</summary>
[Collection(nameof(Alone))]
public sealed class BatchLeaseTests
{
    private const int MoreThanAreSpare = 4_096;
    private readonly ManualTimeProvider _clock = new();

    [Fact]
    public void Of_LeaseThatServesAgain_CarriesNothingOfTheBatchBefore()
    {
        var before = Lease("before", ticks: 3, createdAt: 1, isReplay: true, new BatchSpan(1, 2, 3, 4)).Retain();
        before.Release();
        before.Release();

        var again = Again(before, createdAt: 2);

        Assert.NotNull(again);
        Assert.Equal(("again", 1, 2L), (again.Batch.Provider, again.Count, again.CreatedAt));
        Assert.Equal((false, default), (again.IsReplay, again.Span));
        again.Release();
        Assert.NotNull(Again(before, createdAt: 3));
    }

    [Fact]
    public void Release_WhileAnotherHolder_KeepsTheBatchAsItIs()
    {
        var held = Lease("held", ticks: 2, createdAt: 1).Retain();
        var (id, ticks) = (held.Batch.Id, held.Batch.Ticks.ToArray());

        held.Release();

        Assert.Null(Again(held, createdAt: 2));
        Assert.Equal((id, "held", 1L), (held.Batch.Id, held.Batch.Provider, held.CreatedAt));
        Assert.Equal(ticks, held.Batch.Ticks.ToArray());
    }

    [Fact]
    public async Task Status_WhileTheOldestIsLetGoAndServesAgain_TellsTheAgeOfWhatWaited()
    {
        var channel = new IngestChannel(Microsoft.Extensions.Options.Options.Create(new IngestionOptions()), _clock);
        var oldest = Lease("oldest", ticks: 1, _clock.GetTimestamp());
        await channel.WriteAsync(oldest, TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(5));

        // What the dispatcher and a sink may have done between the look at the channel and the look at the batch.
        oldest.Release();
        Assert.NotNull(Again(oldest, _clock.GetTimestamp()));

        Assert.Equal((1, TimeSpan.FromSeconds(5)), (channel.Status().Depth, channel.Status().OldestAge));
    }

    // Null where none of many new batches has the lease.
    private static BatchLease? Again(BatchLease lease, long createdAt)
    {
        var others = new List<BatchLease>();
        var next = Lease("again", ticks: 1, createdAt);
        while (!ReferenceEquals(next, lease) && others.Count < MoreThanAreSpare)
        {
            others.Add(next);
            next = Lease("again", ticks: 1, createdAt);
        }

        others.ForEach(static other => other.Release());
        return ReferenceEquals(next, lease) ? next : null;
    }

    private static BatchLease Lease(string provider, int ticks, long createdAt, bool isReplay = false, BatchSpan span = default)
    {
        var memory = ArrayPool<PriceTick>.Shared.Rent(ticks);
        memory.AsSpan(0, ticks).Fill(new PriceTick(new ItemId(1), new SourceId(1), 1, null, createdAt, createdAt));
        var batch = new PriceBatch(Guid.NewGuid(), new RunId(Guid.NewGuid()), provider, memory.AsMemory(0, ticks));
        return BatchLease.Of(batch, memory, createdAt, isReplay, span);
    }
}
