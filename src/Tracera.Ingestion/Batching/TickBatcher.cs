using System.Buffers;
using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Gathers the ticks of one (run, provider) after the other into batches. Not thread-safe.</summary>
internal sealed class TickBatcher(TimeProvider time)
{
    private PriceTick[] _memory = [];
    private RunId _runId;
    private string _provider = "";
    private BatchLane _lane;
    private int _size;
    private int _table;
    private int _next;
    private bool _isOneRun;
    private long _earliest;
    private long _latest;

    public int Count { get; private set; }

    public bool IsFull => Count >= _size;

    /// <summary>What comes next belongs to another run; nothing must be left of the one before.</summary>
    /// <param name="row">The provider's part of the run.</param>
    /// <param name="lane">The way of its ticks.</param>
    /// <param name="size">Ticks of a full batch.</param>
    public void BeginRun(RunRow row, BatchLane lane, int size) => (_runId, _provider, _lane, _size) = (row.RunId, row.Provider, lane, size);

    /// <summary>Begins the next batch; there must be none.</summary>
    /// <param name="table">The table of its series.</param>
    /// <param name="place">The place of its first one.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Begin(int table, int place)
    {
        _memory = ArrayPool<PriceTick>.Shared.Rent(_size);
        (_table, _next, _isOneRun, _earliest, _latest) = (table, place, true, long.MaxValue, long.MinValue);
    }

    /// <summary>Adds a price of a series to the batch that was begun; there must be room for it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in Series series, in RawPrice raw, long observedAt, long receivedAt)
    {
        _isOneRun &= series.Place == _next++;
        _earliest = Math.Min(_earliest, observedAt);
        _latest = Math.Max(_latest, observedAt);
        ref var tick = ref _memory[Count++];

        // Told apart here, because a volume that is not there need not be copied: most of what a tick costs is copying.
        if (raw.Volume.HasValue)
        {
            tick = new PriceTick(series.Item, series.Source, raw.Price, raw.Volume, observedAt, receivedAt);
        }
        else
        {
            tick = new PriceTick(series.Item, series.Source, raw.Price, null, observedAt, receivedAt);
        }
    }

    /// <summary>Hands out what is there; at least one tick must be.</summary>
    /// <param name="table">The table of the series, as it is now.</param>
    public BatchLease Take(int table)
    {
        var batch = new PriceBatch(Guid.CreateVersion7(time.GetUtcNow()), _runId, _provider, _memory.AsMemory(0, Count), _lane);
        var span = _isOneRun && table == _table ? new BatchSpan(table, _next - Count, _earliest, _latest) : default;
        var lease = BatchLease.Of(batch, _memory, time.GetTimestamp(), span: span);
        (_memory, Count) = ([], 0);
        return lease;
    }

    /// <summary>Drops what is there.</summary>
    /// <returns>How many ticks that were.</returns>
    public int Drop()
    {
        var dropped = Count;
        if (dropped > 0)
        {
            ArrayPool<PriceTick>.Shared.Return(_memory);
        }

        (_memory, Count) = ([], 0);
        return dropped;
    }
}
