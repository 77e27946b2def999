using System.Threading.Channels;

namespace Tracera.Realtime.Delivery;

/// <summary>The messages that wait for one client: bounded, with the latest value of each series only.</summary>
/// <remarks>
/// Thread-safe; one writer drains it. While an update waits, a newer one of its slot takes its place. When more wait than the capacity, all are given up for one
/// snapshot, which the writer asks for. More answers than <c>maxReplies</c> wait only for a client that does not read them; it is closed. Never calls out while it holds its lock.
/// </remarks>
internal sealed class OutboundQueue(int capacity, int maxReplies, RealtimeMeters meters)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<object, int> _places = [];
    private readonly TaskCompletionSource _closing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private List<OutboundEntry> _waiting = [];
    private List<OutboundEntry> _drained = [];
    private int _updates;
    private bool _resync;
    private bool _isWakeDue;
    private int _closeCode;

    /// <summary>Ends when a close was asked for.</summary>
    public Task Closing => _closing.Task;

    /// <summary>The code that was asked for first; 0 while open.</summary>
    public int CloseCode => Volatile.Read(ref _closeCode);

    /// <summary>Adds an update, or puts it in the place of the one that waits. The writer is not woken.</summary>
    /// <returns>True when <see cref="Wake"/> is due and was not due before.</returns>
    public bool Offer(OutboundEntry update)
    {
        lock (_gate)
        {
            if (_closeCode != 0)
            {
                return false;
            }

            meters.Offered.Add(1);
            if (_resync)
            {
                meters.Conflated.Add(1);
            }
            else if (_places.TryGetValue(update.Slot!, out var place))
            {
                _waiting[place] = update;
                meters.Conflated.Add(1);
            }
            else
            {
                Append(update);
            }

            var isFirst = !_isWakeDue;
            _isWakeDue = true;
            return isFirst;
        }
    }

    /// <summary>Wakes the writer after offers.</summary>
    public void Wake()
    {
        lock (_gate)
        {
            _isWakeDue = false;
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Adds messages that belong together; the writer takes all of them or none.</summary>
    public void Add(params ReadOnlySpan<OutboundEntry> entries)
    {
        bool isDeaf;
        lock (_gate)
        {
            if (_closeCode != 0)
            {
                return;
            }

            foreach (var entry in entries)
            {
                AddOne(entry);
            }

            isDeaf = _waiting.Count - _updates > maxReplies;
        }

        if (isDeaf)
        {
            Close(Wire.CloseCode.Slow);
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Gives up the updates that wait for a snapshot.</summary>
    public void RequestResync()
    {
        lock (_gate)
        {
            GiveUpUpdates();
        }

        _signal.Writer.TryWrite(true);
    }

    /// <summary>Asks for the end of the connection; the first code stands.</summary>
    public void Close(int code)
    {
        if (Interlocked.CompareExchange(ref _closeCode, code, 0) == 0)
        {
            _signal.Writer.TryWrite(true);
            _closing.TrySetResult();
        }
    }

    /// <summary>Waits until there is something to do.</summary>
    public async ValueTask WaitAsync(CancellationToken cancellationToken) =>
        await _signal.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);

    /// <summary>Takes everything that waits.</summary>
    public Drained Drain()
    {
        lock (_gate)
        {
            (_waiting, _drained) = (_drained, _waiting);
            _waiting.Clear();
            _places.Clear();
            _updates = 0;
            var resync = _resync;
            _resync = false;
            return new Drained(_drained, resync, CloseCode);
        }
    }

    private void AddOne(OutboundEntry entry)
    {
        if (entry.IsBarrier)
        {
            _places.Clear();
        }

        if (entry.IsUpdate)
        {
            meters.Offered.Add(1);
            Append(entry);
        }
        else
        {
            _waiting.Add(entry);
        }
    }

    private void Append(OutboundEntry update)
    {
        if (_updates == capacity)
        {
            meters.Conflated.Add(1);
            GiveUpUpdates();
            return;
        }

        _places[update.Slot!] = _waiting.Count;
        _waiting.Add(update);
        _updates++;
    }

    private void GiveUpUpdates()
    {
        meters.Conflated.Add(_updates);
        _waiting.RemoveAll(static entry => entry.IsUpdate);
        _places.Clear();
        _updates = 0;
        _resync = true;
    }
}
