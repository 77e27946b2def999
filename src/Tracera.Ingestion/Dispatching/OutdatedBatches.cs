using System.Runtime.InteropServices;

namespace Tracera.Ingestion;

/// <summary>Knows which of the batches that wait are outdated: every series of theirs has a newer tick in later ones, however a cycle is cut into batches. Guarded by its owner.</summary>
/// <remarks>
/// It looks at no tick: of every stretch of neighbours in a table it keeps which batch has the newest ones, and a batch takes the stretches over that it covers: one, where answers are cut
/// alike. Batches without a span are not followed, and none takes over from one that is not wholly earlier.
/// </remarks>
internal sealed class OutdatedBatches
{
    private const int FewTables = 16;
    private readonly Dictionary<long, LinkedListNode<WaitingBatch>> _followed = [];
    private readonly HashSet<LinkedListNode<WaitingBatch>> _outdated = [];
    private readonly Dictionary<int, List<Stretch>> _tables = [];
    private readonly List<Stretch> _pieces = [];
    private int _pruneFrom = FewTables;
    private long _lastNumber;

    /// <summary>Those that are outdated; may be forgotten while they are enumerated.</summary>
    public IEnumerable<LinkedListNode<WaitingBatch>> All => _outdated;

    /// <summary>Follows a batch that waits behind all that are followed.</summary>
    public void Follow(LinkedListNode<WaitingBatch> node)
    {
        ref var batch = ref node.ValueRef;
        var span = batch.Lease.Span;
        if (span.Table == 0)
        {
            return;
        }

        (batch.Number, batch.Newest) = (++_lastNumber, batch.Lease.Count);
        _followed.Add(batch.Number, node);
        TakeOver(StretchesOf(span.Table), new Stretch(span.First, span.First + batch.Lease.Count, batch.Number), span.Earliest);
    }

    /// <summary>A batch waits no longer. Its number stays where it is, and means nothing any more.</summary>
    public void Forget(LinkedListNode<WaitingBatch> node)
    {
        if (_followed.Remove(node.Value.Number))
        {
            _outdated.Remove(node);
        }
    }

    private void TakeOver(List<Stretch> stretches, Stretch own, long earliest)
    {
        var from = FirstBehind(stretches, own.Start);
        if (from < stretches.Count && stretches[from].Start == own.Start && stretches[from].End == own.End && TryTakeOver(stretches[from].Holder, own.End - own.Start, earliest))
        {
            stretches[from] = own;
            return;
        }

        var (to, at) = (from, own.Start);
        _pieces.Clear();
        for (; to < stretches.Count && stretches[to].Start < own.End; to++)
        {
            var held = stretches[to];
            var (start, end) = (Math.Max(held.Start, own.Start), Math.Min(held.End, own.End));
            AddPiece(held.Start, start, held.Holder);
            AddPiece(at, start, own.Holder);
            AddPiece(start, end, TryTakeOver(held.Holder, end - start, earliest) ? own.Holder : held.Holder);
            AddPiece(end, held.End, held.Holder);
            at = end;
        }

        AddPiece(at, own.End, own.Holder);
        stretches.RemoveRange(from, to - from);
        stretches.InsertRange(from, _pieces);
    }

    private void AddPiece(int start, int end, long holder)
    {
        if (start >= end)
        {
            return;
        }

        if (_pieces.Count > 0 && _pieces[^1] is var last && last.Holder == holder && last.End == start)
        {
            _pieces[^1] = last with { End = end };
        }
        else
        {
            _pieces.Add(new Stretch(start, end, holder));
        }
    }

    private bool TryTakeOver(long holder, int count, long earliest)
    {
        if (!_followed.TryGetValue(holder, out var node))
        {
            return true;
        }

        ref var earlier = ref node.ValueRef;
        if (earliest <= earlier.Lease.Span.Latest)
        {
            return false;
        }

        earlier.Newest -= count;
        if (earlier.Newest == 0)
        {
            _outdated.Add(node);
        }

        return true;
    }

    // The first that ends behind a place; they are disjoint and in order.
    private static int FirstBehind(List<Stretch> stretches, int place)
    {
        var (low, high) = (0, stretches.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = stretches[middle].End > place ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    private List<Stretch> StretchesOf(int table)
    {
        ref var stretches = ref CollectionsMarshal.GetValueRefOrAddDefault(_tables, table, out _);
        var found = stretches ??= [];
        if (_tables.Count >= _pruneFrom)
        {
            Prune();
        }

        return found;
    }

    // Tables that began anew leave theirs behind.
    private void Prune()
    {
        var tables = _followed.Values.Select(static node => node.Value.Lease.Span.Table).ToHashSet();
        foreach (var table in _tables.Keys.Where(table => !tables.Contains(table)))
        {
            _tables.Remove(table);
        }

        _pruneFrom = Math.Max(FewTables, 2 * _tables.Count);
    }

    /// <summary>Neighbours of a table whose newest ticks one batch has.</summary>
    /// <param name="Start">The place of the first.</param>
    /// <param name="End">The place behind the last.</param>
    /// <param name="Holder">The batch; one that waits no longer holds nothing.</param>
    private readonly record struct Stretch(int Start, int End, long Holder);
}
