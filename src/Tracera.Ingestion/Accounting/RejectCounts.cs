using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Counts rejected rows by reason: those that the pipeline rejects, counted by one thread at a time, and any others. Thread-safe otherwise.</summary>
internal sealed class RejectCounts
{
    /// <summary>What reasons beyond <see cref="MaxReasons"/> are counted as.</summary>
    public const string Other = "other";

    private const int MaxReasons = 32;
    private const int OwnReasonCount = 8;

    private static readonly string[] OwnReasons = new string[OwnReasonCount]
    {
        RejectReasons.NoPrice,
        RejectReasons.BadPrice,
        RejectReasons.BadName,
        RejectReasons.BadVolume,
        RejectReasons.BadRow,
        RejectReasons.TooLate,
        RejectReasons.TooEarly,
        RejectReasons.CatalogUnavailable,
    };

    private static readonly Dictionary<string, long> None = [];
    private readonly Lock _gate = new();
    private OwnCounts _own;
    private Dictionary<string, long>? _counts;

    public long Total
    {
        get
        {
            lock (_gate)
            {
                return Sum();
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

        var count = _own[at] + 1;
        Volatile.Write(ref _own[at], count);
        return count;
    }

    /// <summary>Counts one row.</summary>
    /// <returns>How many there are of its reason.</returns>
    public long Add(string reason) => Add(reason, 1);

    public void Add(RejectCounts other)
    {
        for (var at = 0; at < OwnReasons.Length; at++)
        {
            if (other.Own(at) is > 0 and var count)
            {
                Add(OwnReasons[at], count);
            }
        }

        foreach (var (reason, count) in other.Others())
        {
            Add(reason, count);
        }
    }

    /// <summary>The counts as they are now.</summary>
    /// <param name="known">Earlier ones, which are the answer where they are the same.</param>
    public IReadOnlyDictionary<string, long> Snapshot(IReadOnlyDictionary<string, long>? known = null)
    {
        lock (_gate)
        {
            return known is not null && Are(known) ? known : Copy();
        }
    }

    // Called under the lock.
    private bool Are(IReadOnlyDictionary<string, long> known)
    {
        var reasons = 0;
        for (var at = 0; at < OwnReasons.Length; at++)
        {
            if (CountOf(at) is > 0 and var count)
            {
                reasons++;
                if (known.GetValueOrDefault(OwnReasons[at]) != count)
                {
                    return false;
                }
            }
        }

        foreach (var (reason, count) in _counts ?? None)
        {
            if (Array.IndexOf(OwnReasons, reason) < 0)
            {
                reasons++;
                if (known.GetValueOrDefault(reason) != count)
                {
                    return false;
                }
            }
        }

        return reasons == known.Count;
    }

    // Called under the lock.
    private IReadOnlyDictionary<string, long> Copy()
    {
        if (Sum() == 0)
        {
            return FrozenDictionary<string, long>.Empty;
        }

        var all = new Dictionary<string, long>(_counts ?? None, StringComparer.Ordinal);
        for (var at = 0; at < OwnReasons.Length; at++)
        {
            if (CountOf(at) is > 0 and var count)
            {
                all[OwnReasons[at]] = count;
            }
        }

        return all;
    }

    // Called under the lock.
    private long Sum()
    {
        var sum = _counts?.Values.Sum() ?? 0;
        for (var at = 0; at < OwnReasons.Length; at++)
        {
            sum += Own(at);
        }

        return sum;
    }

    private long CountOf(int own) => Own(own) + (_counts?.GetValueOrDefault(OwnReasons[own]) ?? 0);

    private long Own(int at) => Volatile.Read(ref _own[at]);

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

    // One for each of the reasons; beside them, so that counting makes no object.
    [InlineArray(OwnReasonCount)]
    private struct OwnCounts
    {
        private long _first;
    }
}
