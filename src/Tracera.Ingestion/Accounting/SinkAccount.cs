namespace Tracera.Ingestion;

/// <summary>What became of the ticks offered to one sink since the start. Thread-safe.</summary>
internal sealed class SinkAccount(string sink, bool isDurable)
{
    private readonly Lock _gate = new();
    private WriteTotals _totals;
    private long _offered;
    private long _lost;

    public string Sink { get; } = sink;

    public bool IsDurable { get; } = isDurable;

    public void Offer(long count)
    {
        lock (_gate)
        {
            _offered += count;
        }
    }

    public void Settle(in WriteOutcome outcome)
    {
        lock (_gate)
        {
            _totals = _totals.Add(outcome);
        }
    }

    public void Lose(long count)
    {
        lock (_gate)
        {
            _lost += count;
        }
    }

    public SinkLedger ToLedger(long buffered)
    {
        lock (_gate)
        {
            return new SinkLedger(
                Sink, IsDurable, _offered, _totals.Written, _totals.Duplicate, _totals.Corrected, _totals.Conflated, _totals.DeadLettered, buffered, _lost);
        }
    }
}
