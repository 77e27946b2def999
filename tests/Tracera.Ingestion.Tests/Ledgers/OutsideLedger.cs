namespace Tracera.Ingestion.Tests;

/// <summary>
/// Counts, outside the pipeline, what providers yielded and what sinks answered, and says where the pipeline's own ledger differs: promise P3 and its neighbours. Every rig has one
/// and holds the ledger against it at its quiet points.
/// </summary>
internal sealed class OutsideLedger
{
    public const string Durable = "store";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, OutsideProvider> _providers = [];
    private readonly Dictionary<string, OutsideSink> _sinks = [];
    private readonly List<string> _seen = [];

    /// <summary>Whether ticks may be lost, because the test wants it so.</summary>
    public bool ExpectsLoss { get; set; }

    /// <summary>Whether the order of prices is looked at. It costs memory that a test which measures memory does not have.</summary>
    public bool ChecksOrder { get; set; } = true;

    /// <summary>How many ticks of dead letters were offered once more.</summary>
    public int Replayed { get; set; }

    /// <summary>A provider is counted from now on.</summary>
    public void Knows(string provider)
    {
        lock (_gate)
        {
            _providers[provider] = new OutsideProvider();
        }
    }

    /// <summary>A provider yields a row now, or has rejected one.</summary>
    public void Fetched(string provider, RunId run, decimal? price)
    {
        lock (_gate)
        {
            _providers[provider].Add(run, ChecksOrder ? price : null);
        }
    }

    /// <summary>So many rows come after their cycle was abandoned, and must not count.</summary>
    public void ExpectLate(string provider, int rows)
    {
        lock (_gate)
        {
            _providers[provider].Late += rows;
        }
    }

    /// <summary>A sink answers for a batch.</summary>
    public void Answered(string sink, PriceBatch batch, WriteOutcome outcome)
    {
        lock (_gate)
        {
            Sink(sink).Answer(batch, outcome, ChecksOrder);
        }
    }

    /// <summary>A sink has a spool, in which ticks may stay when the host stops.</summary>
    public void Spools(string sink)
    {
        lock (_gate)
        {
            Sink(sink).HasSpool = true;
        }
    }

    /// <summary>A batch lies in a sink's spool.</summary>
    public void Spooled(string sink, PriceBatch batch)
    {
        lock (_gate)
        {
            Sink(sink).Secure(batch);
        }
    }

    /// <summary>A sink refuses a batch for good.</summary>
    public void Refused(string sink, PriceBatch batch)
    {
        lock (_gate)
        {
            Sink(sink).Refuse(batch);
        }
    }

    /// <summary>A row of a run ends in the run log; at this moment the store must hold what it says.</summary>
    public void RowEnds(RunId run, ProviderRunRecord row)
    {
        lock (_gate)
        {
            var (written, secured) = Sink(Durable).Of(run, row.Provider);
            if (row.Stored > written)
            {
                _seen.Add($"the row of {row.Provider} ended with {row.Stored} stored while the store held {written}");
            }

            if (row.Accepted > secured)
            {
                _seen.Add($"the row of {row.Provider} ended with {row.Accepted} accepted while the store had answered for {secured}, or its spool had them");
            }

            var sum = row.Rejected + row.Deduplicated + row.Accepted;
            if (row.Error is null && row.Fetched != sum)
            {
                _seen.Add($"the row of {row.Provider} completed with {row.Fetched} fetched and {sum} settled");
            }
        }
    }

    /// <summary>Says what is wrong, a line each.</summary>
    /// <param name="pipeline">What the pipeline says of itself at a quiet point.</param>
    /// <param name="comparesOffers">Whether the dispatcher is known to have offered to every sink what it has.</param>
    /// <param name="isStopped">Whether it has drained: nothing may be left.</param>
    public IReadOnlyList<string> Violations(PipelineSnapshot pipeline, bool comparesOffers, bool isStopped)
    {
        lock (_gate)
        {
            var dispatched = pipeline.Providers.Sum(provider => provider.Dispatched);
            return
            [
                .. _seen,
                .. pipeline.Providers.SelectMany(Of),
                .. pipeline.Sinks.SelectMany(Of),
                .. comparesOffers ? pipeline.Sinks.SelectMany(sink => Offers(sink, dispatched)) : [],
                .. isStopped ? pipeline.Sinks.Where(sink => sink.Buffered > 0 && !Sink(sink.Sink).HasSpool).Select(sink => $"{sink.Sink} was not drained: {sink.Buffered} are buffered") : [],
                .. ChecksOrder && (isStopped || comparesOffers) ? pipeline.Sinks.SelectMany(sink => Disorder(sink.Sink)) : [],
            ];
        }
    }

    private IEnumerable<string> Of(ProviderLedger ledger)
    {
        if (_providers.TryGetValue(ledger.Provider, out var outside) && ledger.Fetched != outside.Fetched - outside.Late)
        {
            yield return $"{ledger.Provider} yielded {outside.Fetched} ({outside.Late} of them late) and the ledger has {ledger.Fetched} fetched";
        }

        var sum = ledger.Rejected + ledger.Deduplicated + ledger.Dispatched + ledger.Lost;
        if (ledger.Fetched != sum)
        {
            yield return $"{ledger.Provider} fetched {ledger.Fetched} and {sum} have an outcome";
        }

        if (ledger.RejectedBy.Values.Sum() != ledger.Rejected)
        {
            yield return $"{ledger.Provider} rejected {ledger.Rejected} and {ledger.RejectedBy.Values.Sum()} by reason";
        }

        if (ledger.Lost > 0 && !ExpectsLoss)
        {
            yield return $"{ledger.Provider} lost {ledger.Lost} although no sink was in the way";
        }
    }

    private IEnumerable<string> Of(SinkLedger ledger)
    {
        var sum = ledger.Written + ledger.Duplicate + ledger.Corrected + ledger.Conflated + ledger.DeadLettered + ledger.Buffered + ledger.Lost;
        if (ledger.Offered != sum)
        {
            yield return $"{ledger.Sink} was offered {ledger.Offered} and {sum} have an outcome";
        }

        if (ledger.Lost > 0 && !ExpectsLoss)
        {
            yield return $"{ledger.Sink} lost {ledger.Lost} although it was there";
        }

        if (ledger.IsDurable && ledger.Conflated > 0)
        {
            yield return $"{ledger.Sink} is durable and conflated {ledger.Conflated}";
        }

        // What is written although the pipeline gave it up counts as lost there.
        var (outside, spare) = (Sink(ledger.Sink).Totals, ledger.Lost);
        foreach (var (what, held, counted) in new[]
        {
            ("written", outside.Written, ledger.Written), ("duplicate", outside.Duplicate, ledger.Duplicate),
            ("corrected", outside.Corrected, ledger.Corrected), ("dead-lettered", outside.DeadLettered, ledger.DeadLettered),
        })
        {
            if (held < counted || held > counted + spare)
            {
                yield return $"{ledger.Sink} holds {held} and the ledger has {counted} {what}";
            }
        }
    }

    private IEnumerable<string> Offers(SinkLedger ledger, long dispatched)
    {
        var expected = ledger.IsDurable ? dispatched + Replayed : dispatched - (Sink(Durable).Backfilled - Replayed);
        if (ledger.Offered != expected && (ledger.IsDurable || !ExpectsLoss))
        {
            yield return $"{ledger.Sink} was offered {ledger.Offered} of {expected} dispatched";
        }
    }

    // What a sink got of a cycle is a part of what the provider yielded, in the same order.
    private IEnumerable<string> Disorder(string sink) => Sink(sink).Prices
        .Where(cycle => _providers.TryGetValue(cycle.Key.Provider, out var outside) && outside.PricesOf(cycle.Key.Run) is { } whole && !IsPart(cycle.Value, whole))
        .Select(cycle => $"{sink} got the prices of {cycle.Key.Provider} out of order");

    private static bool IsPart(List<decimal> part, List<decimal> whole)
    {
        var at = 0;
        return part.TrueForAll(price => (at = whole.IndexOf(price, at) + 1) > 0);
    }

    private OutsideSink Sink(string name)
    {
        if (!_sinks.TryGetValue(name, out var sink))
        {
            _sinks[name] = sink = new OutsideSink();
        }

        return sink;
    }
}
