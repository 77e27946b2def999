namespace Tracera.Ingestion.Tests;

/// <summary>A sink that records what it is given and does what it is told.</summary>
internal sealed class FakeSink(string name = "", OutsideLedger? outside = null) : IPriceSink
{
    private readonly Lock _gate = new();
    private readonly Observed _changes = new();
    private readonly List<PriceTick> _ticks = [];

    /// <summary>Whether its answers are counted outside.</summary>
    public bool IsCounted { get; set; } = true;

    public Func<PriceBatch, CancellationToken, ValueTask<WriteOutcome>> Write { get; set; } = (batch, _) => new(WriteOutcome.AllWritten(batch));

    public List<(string Provider, BatchLane Lane, int Count)> Batches { get; } = [];

    public int Calls { get; private set; }

    /// <summary>How many ticks were written.</summary>
    public long Count { get; private set; }

    /// <summary>Whether what is written is kept, and not only counted.</summary>
    public bool KeepsTicks { get; set; } = true;

    public IReadOnlyList<PriceTick> Ticks
    {
        get
        {
            lock (_gate)
            {
                return [.. _ticks];
            }
        }
    }

    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Calls++;
        }

        _changes.Changed();
        var outcome = await AnswerAsync(batch, cancellationToken);
        lock (_gate)
        {
            Count += batch.Count;
            if (KeepsTicks)
            {
                _ticks.AddRange(batch.Ticks.Span);
                Batches.Add((batch.Provider, batch.Lane, batch.Count));
            }
        }

        _changes.Changed();
        return outcome;
    }

    private async ValueTask<WriteOutcome> AnswerAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        var counted = IsCounted ? outside : null;
        try
        {
            var outcome = await Write(batch, cancellationToken);
            counted?.Answered(name, batch, outcome);
            return outcome;
        }
        catch (SinkException refusal) when (refusal.Failure == SinkFailure.Permanent)
        {
            counted?.Refused(name, batch);
            throw;
        }
    }

    public Task WhenCalledAsync(int calls) => _changes.WhenAsync(() => Calls >= calls);

    public Task WhenWrittenAsync(int ticks) => _changes.WhenAsync(() => KeptCount() >= ticks);

    private int KeptCount()
    {
        lock (_gate)
        {
            return _ticks.Count;
        }
    }
}
