using System.Numerics;
using System.Runtime.InteropServices;

namespace Tracera.Ingestion;

/// <summary>Knows which of the batches that wait are outdated: every series of theirs has a newer tick in later ones, however a cycle is cut into batches. Guarded by its owner.</summary>
/// <remarks>
/// It looks at no tick: of every series of a table it keeps which batch has the newest one, and a batch of neighbours takes their places over in a few strides. Batches
/// without a span are not followed, and none takes a place over from one that is not wholly earlier.
/// </remarks>
internal sealed class OutdatedBatches
{
    private const int FewTables = 16;
    private readonly Dictionary<long, LinkedListNode<WaitingBatch>> _followed = [];
    private readonly HashSet<LinkedListNode<WaitingBatch>> _outdated = [];
    private readonly Dictionary<int, long[]> _holders = [];
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
        for (var holders = HoldersOf(span, batch.Lease.Count); !holders.IsEmpty;)
        {
            var other = holders.IndexOfAnyExcept(holders[0]);
            var stride = holders[..(other < 0 ? holders.Length : other)];
            if (TryTakeOver(stride[0], stride.Length, span))
            {
                stride.Fill(batch.Number);
            }

            holders = holders[stride.Length..];
        }
    }

    /// <summary>A batch waits no longer. Its number stays where it is, and means nothing any more.</summary>
    public void Forget(LinkedListNode<WaitingBatch> node)
    {
        if (_followed.Remove(node.Value.Number))
        {
            _outdated.Remove(node);
        }
    }

    private bool TryTakeOver(long holder, int count, in BatchSpan span)
    {
        if (!_followed.TryGetValue(holder, out var node))
        {
            return true;
        }

        ref var earlier = ref node.ValueRef;
        if (span.Earliest <= earlier.Lease.Span.Latest)
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

    private Span<long> HoldersOf(in BatchSpan span, int count)
    {
        var end = span.First + count;
        ref var holders = ref CollectionsMarshal.GetValueRefOrAddDefault(_holders, span.Table, out _);
        if (holders is null || holders.Length < end)
        {
            Array.Resize(ref holders, (int)BitOperations.RoundUpToPowerOf2((uint)end));
        }

        var places = holders.AsSpan(span.First, count);
        if (_holders.Count >= _pruneFrom)
        {
            Prune();
        }

        return places;
    }

    // Tables that began anew leave theirs behind.
    private void Prune()
    {
        var tables = _followed.Values.Select(static node => node.Value.Lease.Span.Table).ToHashSet();
        foreach (var table in _holders.Keys.Where(table => !tables.Contains(table)))
        {
            _holders.Remove(table);
        }

        _pruneFrom = Math.Max(FewTables, 2 * _holders.Count);
    }
}
