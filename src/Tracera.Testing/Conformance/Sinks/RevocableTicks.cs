using System.Buffers;

namespace Tracera.Testing;

/// <summary>The memory of a batch that is taken back when the write has ended, as the pipeline does: it is poisoned, and every use after is noticed.</summary>
internal sealed class RevocableTicks(IReadOnlyList<PriceTick> ticks) : MemoryManager<PriceTick>
{
    /// <summary>What a sink finds that looks at the memory too late.</summary>
    public static readonly PriceTick Poison = new(new ItemId(int.MaxValue), new SourceId(int.MaxValue), 666.666m, null, long.MaxValue / 2, long.MaxValue / 2);

    private readonly PriceTick[] _ticks = [.. ticks];
    private volatile bool _isRevoked;
    private volatile bool _isUsedLate;

    public bool IsUsedLate => _isUsedLate;

    /// <summary>Whether the ticks are still those that were handed over.</summary>
    public bool IsUnchanged => _ticks.AsSpan().SequenceEqual([.. ticks]);

    public void Revoke()
    {
        _isRevoked = true;
        _ticks.AsSpan().Fill(Poison);
    }

    public override Span<PriceTick> GetSpan()
    {
        _isUsedLate |= _isRevoked;
        return _ticks;
    }

    public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException("The memory of a batch is not pinned.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
    }
}
