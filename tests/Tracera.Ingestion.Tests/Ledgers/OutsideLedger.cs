namespace Tracera.Ingestion.Tests;

/// <summary>Counts, outside the pipeline, what providers yielded and what sinks hold, and says where the pipeline's own ledger differs: promise P3 and its neighbours.</summary>
internal sealed class OutsideLedger
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _fetched = [];
    private readonly Dictionary<string, List<(RunId Run, PriceTick Tick)>> _held = [];
    private readonly List<string> _seen = [];

    /// <summary>A provider yielded a row, or rejected one.</summary>
    public void Fetched(string provider)
    {
        lock (_gate)
        {
            _fetched[provider] = _fetched.GetValueOrDefault(provider) + 1;
        }
    }

    /// <summary>The target of a sink holds the ticks of a batch now.</summary>
    public void Holds(string sink, PriceBatch batch)
    {
        lock (_gate)
        {
            if (!_held.TryGetValue(sink, out var ticks))
            {
                _held[sink] = ticks = [];
            }

            foreach (ref readonly var tick in batch.Ticks.Span)
            {
                ticks.Add((batch.RunId, tick));
            }
        }
    }

    /// <summary>A row of a run ends in the run log; at this moment its accepted ticks must be held.</summary>
    public void RowEnds(ProviderRunRecord row)
    {
        lock (_gate)
        {
            // Every script gives its provider a source of prices with one number in thousands, so that ticks tell whose they are.
            var held = _held.GetValueOrDefault("store")?.Count(held => OwnerOf(held.Tick) == row.Provider) ?? 0;
            if (row.Stored > held)
            {
                _seen.Add($"the row of {row.Provider} ended with {row.Stored} stored while the store held {held}");
            }

            var settled = row.Rejected + row.Deduplicated + row.Accepted;
            if (row.Error is null && row.Fetched != settled)
            {
                _seen.Add($"the row of {row.Provider} completed with {row.Fetched} fetched and {settled} settled");
            }
        }
    }

    /// <summary>Says what is wrong, a line each.</summary>
    /// <param name="pipeline">What the pipeline says of itself at a quiet point.</param>
    /// <param name="isStopped">Whether it has drained: nothing may be left.</param>
    public IReadOnlyList<string> Violations(PipelineSnapshot pipeline, bool isStopped)
    {
        lock (_gate)
        {
            return
            [
                .. _seen,
                .. pipeline.Providers.SelectMany(Of),
                .. pipeline.Sinks.SelectMany(sink => Of(sink, pipeline.Providers.Sum(provider => provider.Dispatched))),
                .. isStopped ? pipeline.Sinks.Where(sink => sink.Buffered > 0).Select(sink => $"{sink.Sink} was not drained: {sink.Buffered} are buffered") : [],
            ];
        }
    }

    /// <summary>The name that a tick's price carries.</summary>
    public static string OwnerOf(in PriceTick tick) => $"p{(int)(tick.Price / Span)}";

    /// <summary>The n-th price of the provider <c>p&lt;number&gt;</c>.</summary>
    public static decimal PriceOf(int provider, int n) => (provider * Span) + n + 1;

    private const decimal Span = 1_000_000;

    private IEnumerable<string> Of(ProviderLedger ledger)
    {
        var outside = _fetched.GetValueOrDefault(ledger.Provider);
        if (ledger.Fetched != outside)
        {
            yield return $"{ledger.Provider} yielded {outside} and the ledger has {ledger.Fetched} fetched";
        }

        var sum = ledger.Rejected + ledger.Deduplicated + ledger.Dispatched + ledger.Lost;
        if (ledger.Fetched != sum)
        {
            yield return $"{ledger.Provider} fetched {ledger.Fetched} and {sum} have an outcome";
        }

        if (ledger.Lost > 0)
        {
            yield return $"{ledger.Provider} lost {ledger.Lost} although no sink was in the way";
        }
    }

    private IEnumerable<string> Of(SinkLedger ledger, long dispatched)
    {
        var held = _held.GetValueOrDefault(ledger.Sink) ?? [];
        if (ledger.Offered != dispatched)
        {
            yield return $"{ledger.Sink} was offered {ledger.Offered} of {dispatched} dispatched";
        }

        var sum = ledger.Written + ledger.Duplicate + ledger.Corrected + ledger.Conflated + ledger.DeadLettered + ledger.Buffered + ledger.Lost;
        if (ledger.Offered != sum)
        {
            yield return $"{ledger.Sink} was offered {ledger.Offered} and {sum} have an outcome";
        }

        if (ledger.Written != held.Count)
        {
            yield return $"{ledger.Sink} holds {held.Count} and the ledger has {ledger.Written} written";
        }

        if (ledger.Lost > 0)
        {
            yield return $"{ledger.Sink} lost {ledger.Lost} although it was there";
        }

        foreach (var cycle in held.GroupBy(one => (one.Run, Owner: OwnerOf(one.Tick))))
        {
            var prices = cycle.Select(one => one.Tick.Price).ToList();
            if (!prices.SequenceEqual(prices.Order()))
            {
                yield return $"{ledger.Sink} got the prices of {cycle.Key.Owner} out of order";
            }
        }
    }
}
