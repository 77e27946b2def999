namespace Tracera.Ingestion;

/// <summary>Counts rejected rows by reason. Thread-safe.</summary>
internal sealed class RejectCounts
{
    /// <summary>What reasons beyond <see cref="MaxReasons"/> are counted as.</summary>
    public const string Other = "other";

    private const int MaxReasons = 32;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);
    private long _total;

    public long Total => Volatile.Read(ref _total);

    /// <summary>Counts one row.</summary>
    /// <returns>How many there are of its reason.</returns>
    public long Add(string reason) => Add(reason, 1);

    public void Add(RejectCounts other)
    {
        foreach (var (reason, count) in other.Snapshot())
        {
            Add(reason, count);
        }
    }

    public IReadOnlyDictionary<string, long> Snapshot()
    {
        lock (_gate)
        {
            return new Dictionary<string, long>(_counts, StringComparer.Ordinal);
        }
    }

    private long Add(string reason, long count)
    {
        lock (_gate)
        {
            var key = _counts.ContainsKey(reason) || _counts.Count < MaxReasons ? reason : Other;
            var sum = _counts.GetValueOrDefault(key) + count;
            _counts[key] = sum;
            _total += count;
            return sum;
        }
    }
}
