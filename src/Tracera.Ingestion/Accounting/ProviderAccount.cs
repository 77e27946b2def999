namespace Tracera.Ingestion;

/// <summary>What became of the rows of one provider since the start: those of ended rows summed up, those under way read anew. Thread-safe.</summary>
internal sealed class ProviderAccount(string provider)
{
    private readonly Lock _gate = new();
    private readonly List<RunRow> _open = [];
    private readonly RejectCounts _rejects = new();
    private RowCounts _closed;
    private IReadOnlyDictionary<string, long>? _lastRejects;

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
                _closed += row.ToCounts();
                _rejects.Add(row.Rejects);
            }
        }
    }

    /// <summary>A row as it is kept. Venues answer with the same bad rows again and again: then the counts are the object that the row before has.</summary>
    public ProviderRunRecord ToRecord(RunRow row)
    {
        var record = row.ToRecord(Volatile.Read(ref _lastRejects));
        if (record.Rejected > 0)
        {
            Volatile.Write(ref _lastRejects, record.RejectedBy);
        }

        return record;
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
                sum += row.ToCounts();
                rejects.Add(row.Rejects);
            }

            return new ProviderLedger(provider, sum.Fetched, sum.Rejected, sum.Deduplicated, sum.Dispatched, sum.Lost, rejects.Snapshot());
        }
    }
}
