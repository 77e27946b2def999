namespace Tracera.Ingestion.Tests;

/// <summary>What the outside ledger counts of one provider. Guarded by it.</summary>
internal sealed class OutsideProvider
{
    private readonly Dictionary<RunId, List<decimal>> _prices = [];

    public long Fetched { get; private set; }

    public long Late { get; set; }

    public void Add(RunId run, decimal? price)
    {
        Fetched++;
        if (price is { } known)
        {
            if (!_prices.TryGetValue(run, out var prices))
            {
                _prices[run] = prices = [];
            }

            prices.Add(known);
        }
    }

    /// <summary>What it yielded in a run, in order; null for a run of another time.</summary>
    public List<decimal>? PricesOf(RunId run) => _prices.GetValueOrDefault(run);
}
