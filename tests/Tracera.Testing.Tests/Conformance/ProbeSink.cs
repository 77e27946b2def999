namespace Tracera.Testing.Tests;

/// <summary>A sink by the book over a history in memory, that also keeps what sinks with a defect would keep.</summary>
internal sealed class ProbeSink : IPriceSink
{
    private readonly InMemoryHistory _history = new InMemoryStore().History;
    private readonly HashSet<Guid> _batches = [];
    private readonly List<PriceBatch> _kept = [];
    private volatile TaskCompletionSource? _stall;

    public Func<IPriceSink, PriceBatch, CancellationToken, ValueTask<WriteOutcome>> Write { get; init; } = (inner, batch, token) => inner.WriteAsync(batch, token);

    public bool IsDeaf { get; init; }

    public bool LooksOnce { get; init; }

    public bool Swallows { get; init; }

    public bool IsAway { get; set; }

    public Exception Away { get; init; } = new SinkException("away");

    public List<PriceTick> Appended { get; } = [];

    public List<PriceTick> AppendedOncePerBatch { get; } = [];

    public IReadOnlyList<PriceTick> Kept => [.. _kept.SelectMany(batch => batch.Ticks.ToArray())];

    public void Stall() => _stall = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Resume() => _stall?.TrySetResult();

    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        if (IsAway)
        {
            return Swallows ? WriteOutcome.AllWritten(batch) : throw Away;
        }

        if (LooksOnce)
        {
            // As one that opens a connection first.
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
        }

        if (_stall is { } stall)
        {
            await stall.Task.WaitAsync(IsDeaf || LooksOnce ? default : cancellationToken);
        }

        _kept.Add(batch);
        Appended.AddRange(batch.Ticks.Span);
        AppendedOncePerBatch.AddRange(_batches.Add(batch.Id) ? batch.Ticks.Span : []);
        return await Write(_history, batch, cancellationToken);
    }

    public ValueTask<IReadOnlyList<PriceTick>> ReadAsync(CancellationToken token) => WholeTests.ReadAsync(_history, token);
}
