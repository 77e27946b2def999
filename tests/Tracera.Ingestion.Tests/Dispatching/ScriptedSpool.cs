namespace Tracera.Ingestion.Tests.Dispatching;

/// <summary>A spool in memory that answers what the test says.</summary>
internal sealed class ScriptedSpool : ISpool
{
    private SpoolStatus _status = new("store", 0, 0, 0, 0, 0);

    /// <summary>How many of some batches it takes.</summary>
    public Func<IReadOnlyList<PriceBatch>, Task<int>> Append { get; set; } = static batches => Task.FromResult(batches.Count);

    /// <summary>What it is read for.</summary>
    public Queue<PriceBatch> Content { get; } = new();

    /// <summary>All that it has taken.</summary>
    public List<Guid> Taken { get; } = [];

    public List<Guid> Acknowledged { get; } = [];

    /// <summary>How often it was asked for a batch, or told of one.</summary>
    public int Tries { get; private set; }

    /// <summary>What it throws when it is read; null when it can be.</summary>
    public Exception? ReadFault { get; set; }

    /// <summary>What it throws when it is told of a batch; null when it can be.</summary>
    public Exception? AcknowledgeFault { get; set; }

    /// <summary>What it throws when it is asked how it is; null when it can be.</summary>
    public Exception? StatusFault { get; set; }

    public SpoolStatus Status
    {
        get => StatusFault is null ? _status : throw StatusFault;
        set => _status = value;
    }

    public ValueTask OpenAsync(CancellationToken cancellationToken) => default;

    public async ValueTask<int> AppendAsync(IReadOnlyList<PriceBatch> batches, CancellationToken cancellationToken)
    {
        var count = await Append(batches);
        foreach (var batch in batches.Take(count))
        {
            Taken.Add(batch.Id);
            Content.Enqueue(new PriceBatch(batch.Id, batch.RunId, batch.Provider, batch.Ticks.ToArray(), batch.Lane));
        }

        return count;
    }

    public ValueTask<PriceBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        Tries++;
        return ReadFault is null ? new(Content.TryDequeue(out var batch) ? batch : null) : throw ReadFault;
    }

    public ValueTask AcknowledgeAsync(Guid batchId, CancellationToken cancellationToken)
    {
        Tries++;
        if (AcknowledgeFault is not null)
        {
            throw AcknowledgeFault;
        }

        Acknowledged.Add(batchId);
        return default;
    }

    public ValueTask DisposeAsync() => default;
}
