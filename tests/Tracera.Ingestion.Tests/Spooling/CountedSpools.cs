namespace Tracera.Ingestion.Tests.Spooling;

/// <summary>Spools in a folder of the test's whose contents are counted outside, and that can be small or fail.</summary>
internal sealed class CountedSpools(SpoolBench bench, OutsideLedger outside) : ISpoolFactory
{
    public long Capacity { get; set; } = SpoolBench.Capacity;

    public volatile bool Fails;

    /// <summary>Whether it has no room.</summary>
    public volatile bool HasNoRoom;

    /// <summary>The sink whose spool takes batches and does not give them back; null for none.</summary>
    public volatile string? Unreadable;

    /// <summary>How it fails.</summary>
    public Func<Exception> Fault { get; set; } = static () => new IOException("the disk fails");

    public ISpool Create(string sink)
    {
        outside.Spools(sink);
        return new Counted(this, sink, bench.Spool(Capacity, Path.Combine(bench.Folder, sink)), outside);
    }

    private sealed class Counted(CountedSpools owner, string sink, FileSpool inner, OutsideLedger outside) : ISpool
    {
        public SpoolStatus Status => inner.Status;

        public ValueTask OpenAsync(CancellationToken cancellationToken) => inner.OpenAsync(cancellationToken);

        public async ValueTask<int> AppendAsync(IReadOnlyList<PriceBatch> batches, CancellationToken cancellationToken)
        {
            if (owner.Fails)
            {
                throw owner.Fault();
            }

            var count = owner.HasNoRoom ? 0 : await inner.AppendAsync(batches, cancellationToken);
            foreach (var batch in batches.Take(count))
            {
                outside.Spooled(sink, batch);
            }

            return count;
        }

        public ValueTask<PriceBatch?> ReadAsync(CancellationToken cancellationToken) =>
            owner.Fails || owner.Unreadable == sink ? throw owner.Fault() : inner.ReadAsync(cancellationToken);

        public ValueTask AcknowledgeAsync(Guid batchId, CancellationToken cancellationToken) => owner.Fails ? throw owner.Fault() : inner.AcknowledgeAsync(batchId, cancellationToken);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
