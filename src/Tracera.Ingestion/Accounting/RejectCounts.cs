using System.Collections.Frozen;

namespace Tracera.Ingestion;

/// <summary>Counts rejected rows by reason: those that the pipeline rejects, counted by one thread at a time, and any others. Thread-safe otherwise.</summary>
internal sealed class RejectCounts
{
    /// <summary>What reasons beyond <see cref="MaxReasons"/> are counted as.</summary>
    public const string Other = "other";

    private const int MaxReasons = 32;

    private static readonly string[] OwnReasons =
    [
        RejectReasons.NoPrice,
        RejectReasons.BadPrice,
        RejectReasons.BadName,
        RejectReasons.BadVolume,
        RejectReasons.BadRow,
        RejectReasons.TooLate,
        RejectReasons.TooEarly,
        RejectReasons.CatalogUnavailable,
    ];

    private readonly Lock _gate = new();
    private long[]? _own;
    private Dictionary<string, long>? _counts;

    public long Total
    {
        get
        {
            lock (_gate)
            {
                return (_counts?.Values.Sum() ?? 0) + (Volatile.Read(ref _own)?.Sum() ?? 0);
            }
        }
    }

    /// <summary>Counts one row that the pipeline rejected, without a lock: one thread at a time.</summary>
    /// <returns>How many there are of its reason.</returns>
    public long CountOwn(string reason)
    {
        var at = Array.IndexOf(OwnReasons, reason);
        if (at < 0)
        {
            return Add(reason);
        }

        if (_own is null)
        {
            Volatile.Write(ref _own, new long[OwnReasons.Length]);
        }

        Volatile.Write(ref _own[at], _own[at] + 1);
        return _own[at];
    }

    /// <summary>Counts one row.</summary>
    /// <returns>How many there are of its reason.</returns>
    public long Add(string reason) => Add(reason, 1);

    public void Add(RejectCounts other)
    {
        for (var at = 0; at < OwnReasons.Length; at++)
        {
            if (Volatile.Read(ref other._own) is { } own && Volatile.Read(ref own[at]) is > 0 and var count)
            {
                Add(OwnReasons[at], count);
            }
        }

        foreach (var (reason, count) in other.Others())
        {
            Add(reason, count);
        }
    }

    public IReadOnlyDictionary<string, long> Snapshot()
    {
        lock (_gate)
        {
            if (_counts is null && Volatile.Read(ref _own) is null)
            {
                return FrozenDictionary<string, long>.Empty;
            }

            var all = _counts is null ? new Dictionary<string, long>(StringComparer.Ordinal) : new Dictionary<string, long>(_counts, StringComparer.Ordinal);
            for (var at = 0; at < _own?.Length; at++)
            {
                if (Volatile.Read(ref _own[at]) is > 0 and var count)
                {
                    all[OwnReasons[at]] = all.GetValueOrDefault(OwnReasons[at]) + count;
                }
            }

            return all;
        }
    }

    private KeyValuePair<string, long>[] Others()
    {
        lock (_gate)
        {
            return _counts is null ? [] : [.. _counts];
        }
    }

    private long Add(string reason, long count)
    {
        lock (_gate)
        {
            _counts ??= new Dictionary<string, long>(StringComparer.Ordinal);
            var key = _counts.ContainsKey(reason) || _counts.Count < MaxReasons ? reason : Other;
            var sum = _counts.GetValueOrDefault(key) + count;
            _counts[key] = sum;
            return sum;
        }
    }
}
