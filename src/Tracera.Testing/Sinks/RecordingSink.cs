namespace Tracera.Testing;

/// <summary>A sink that keeps copies of everything, and counts every tick as written.</summary>
/// <remarks>Thread-safe. Not bounded: for tests.</remarks>
public sealed class RecordingSink : IPriceSink
{
    private readonly Lock _gate = new();
    private readonly List<PriceBatch> _batches = [];
    private readonly CountSignal _written = new();

    /// <summary>Copies of the batches, in order.</summary>
    public IReadOnlyList<PriceBatch> Batches
    {
        get
        {
            lock (_gate)
            {
                return [.. _batches];
            }
        }
    }

    /// <summary>The ticks of all batches, in order.</summary>
    public IReadOnlyList<PriceTick> Ticks => [.. Batches.SelectMany(batch => batch.Ticks.ToArray())];

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            _batches.Add(new PriceBatch(batch.Id, batch.RunId, batch.Provider, batch.Ticks.ToArray(), batch.Lane));
        }

        _written.Add(batch.Count);
        return new(WriteOutcome.AllWritten(batch));
    }

    /// <summary>Waits until so many ticks were written in all.</summary>
    /// <param name="count">How many.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they were.</returns>
    public Task WhenTicksAsync(long count, CancellationToken cancellationToken = default) => _written.WhenAsync(count, cancellationToken);
}
