namespace Tracera.Ingestion;

/// <summary>What became of the rows of one provider since the start: those of ended rows summed up, those under way read anew. Thread-safe.</summary>
internal sealed class ProviderAccount(string provider)
{
    private readonly Lock _gate = new();
    private readonly List<RunRow> _open = [];
    private readonly RejectCounts _rejects = new();
    private ProviderLedger _closed = Empty(provider);

    public void Open(RunRow row)
    {
        lock (_gate)
        {
            _open.Add(row);
        }
    }

    public void Close(RunRow row)
    {
        lock (_gate)
        {
            if (_open.Remove(row))
            {
                _closed = Sum(_closed, row.ToLedger());
                _rejects.Add(row.Rejects);
            }
        }
    }

    public ProviderLedger ToLedger()
    {
        lock (_gate)
        {
            var sum = _closed;
            var rejects = new RejectCounts();
            rejects.Add(_rejects);
            foreach (var row in _open)
            {
                sum = Sum(sum, row.ToLedger());
                rejects.Add(row.Rejects);
            }

            return sum with { RejectedBy = rejects.Snapshot() };
        }
    }

    private static ProviderLedger Empty(string provider) => new(provider, 0, 0, 0, 0, 0, new Dictionary<string, long>());

    private static ProviderLedger Sum(ProviderLedger left, ProviderLedger right) => left with
    {
        Fetched = left.Fetched + right.Fetched,
        Rejected = left.Rejected + right.Rejected,
        Deduplicated = left.Deduplicated + right.Deduplicated,
        Dispatched = left.Dispatched + right.Dispatched,
        Lost = left.Lost + right.Lost,
    };
}
