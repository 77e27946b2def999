namespace Tracera.Ingestion.Tests;

/// <summary>What the outside ledger counts of one sink. Guarded by it.</summary>
internal sealed class OutsideSink
{
    private readonly Dictionary<(RunId Run, string Provider), (long Written, long Secured)> _cycles = [];
    private readonly Dictionary<Guid, PriceBatch> _refused = [];
    private readonly HashSet<Guid> _secured = [];
    private WriteTotals _totals;

    /// <summary>Whether ticks may stay in a spool when the host stops.</summary>
    public bool HasSpool { get; set; }

    /// <summary>What the sink said, and what it refused.</summary>
    public WriteTotals Totals => _totals.Add(new WriteOutcome(0, DeadLettered: _refused.Values.Sum(batch => batch.Count)));

    /// <summary>Ticks of the lane that goes to the durable sink alone.</summary>
    public long Backfilled { get; private set; }

    /// <summary>The prices of each cycle, as they came.</summary>
    public Dictionary<(RunId Run, string Provider), List<decimal>> Prices { get; } = [];

    public void Answer(PriceBatch batch, WriteOutcome outcome, bool keepsPrices)
    {
        _refused.Remove(batch.Id);
        int[] parts = [outcome.Written, outcome.Duplicate, outcome.Corrected, outcome.Conflated, outcome.DeadLettered];
        if (parts.Any(part => part < 0) || parts.Sum(part => (long)part) > batch.Count)
        {
            return;
        }

        _totals = _totals.Add(outcome);
        Note(batch, outcome);
        if (keepsPrices && batch.Lane == BatchLane.Live)
        {
            if (!Prices.TryGetValue((batch.RunId, batch.Provider), out var prices))
            {
                Prices[(batch.RunId, batch.Provider)] = prices = [];
            }

            foreach (ref readonly var tick in batch.Ticks.Span)
            {
                prices.Add(tick.Price);
            }
        }
    }

    public void Refuse(PriceBatch batch)
    {
        if (_refused.TryAdd(batch.Id, batch))
        {
            Note(batch, new WriteOutcome(0, DeadLettered: batch.Count));
        }
    }

    /// <summary>A batch is answered for, refused, or lies in the spool.</summary>
    public void Secure(PriceBatch batch)
    {
        if (_secured.Add(batch.Id))
        {
            var (written, secured) = Of(batch.RunId, batch.Provider);
            _cycles[(batch.RunId, batch.Provider)] = (written, secured + batch.Count);
        }
    }

    public (long Written, long Secured) Of(RunId run, string provider) => _cycles.GetValueOrDefault((run, provider));

    private void Note(PriceBatch batch, WriteOutcome outcome)
    {
        Secure(batch);
        var (written, secured) = Of(batch.RunId, batch.Provider);
        _cycles[(batch.RunId, batch.Provider)] = (written + outcome.Written, secured);
        Backfilled += batch.Lane == BatchLane.Backfill ? outcome.Total : 0;
    }
}
