namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>A spool in memory that answers what the test says.</summary>
internal sealed class ScriptedSpool : ISpool
{
    /// <summary>How many of some batches it takes; they are not kept.</summary>
    public Func<IReadOnlyList<PriceBatch>, Task<int>> Append { get; set; } = static batches => Task.FromResult(batches.Count);

    /// <summary>What it is read for.</summary>
    public Queue<PriceBatch> Content { get; } = new();

    public SpoolStatus Status { get; set; } = new("store", 0, 0, 0, 0, 0);

    public ValueTask OpenAsync(CancellationToken cancellationToken) => default;

    public async ValueTask<int> AppendAsync(IReadOnlyList<PriceBatch> batches, CancellationToken cancellationToken) => await Append(batches);

    public ValueTask<PriceBatch?> ReadAsync(CancellationToken cancellationToken) => new(Content.TryDequeue(out var batch) ? batch : null);

    public ValueTask AcknowledgeAsync(Guid batchId, CancellationToken cancellationToken) => default;

    public ValueTask DisposeAsync() => default;
}
