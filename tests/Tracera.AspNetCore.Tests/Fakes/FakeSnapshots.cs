namespace Tracera.AspNetCore.Tests;

/// <summary>A live cache over the fake store's ticks.</summary>
internal sealed class FakeSnapshots(FakeStore store) : ISnapshotReader
{
    public int Reads { get; private set; }

    public bool Stale { get; set; }

    public Exception? Failure { get; set; }

    public StreamPosition Position { get; set; } = StreamPosition.Empty.With(new StreamPoint(0, 0xabc, 7));

    public ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        Reads++;
        return Failure is null
            ? ValueTask.FromResult(new Snapshot(store.Latest(items), [], Position, Stale))
            : ValueTask.FromException<Snapshot>(Failure);
    }

    public ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
}
