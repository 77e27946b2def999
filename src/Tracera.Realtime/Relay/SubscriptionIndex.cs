using Microsoft.Extensions.Options;
using Tracera.Realtime.Delivery;
using Tracera.Realtime.Wire;

namespace Tracera.Realtime.Relay;

/// <summary>Who is subscribed to what, and the latest value of it: where updates meet clients.</summary>
/// <remarks>
/// <para>
/// Thread-safe. One lock orders the taking of a batch, the joining of a client and the merging of a snapshot; nothing waits while it is held. A client joins
/// together with the values of that instant, so that every later change, and no earlier one, follows in its queue.
/// </para>
/// <para>A value is taken only if it is newer than the one that stands, so no client ever sees a series go backwards, whichever way the values come.</para>
/// </remarks>
internal sealed class SubscriptionIndex(IOptions<RealtimeOptions> options, SourceNames sources, RealtimeMeters meters) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly SeriesBook _book = new(options.Value.MaxTrackedItems, sources, meters);
    private readonly StreamProgress _progress = new();
    private readonly HashSet<Subscriber> _subscribers = [];
    private int _generation;
    private bool _isMending;
    private bool _isStale;

    /// <summary>Everything up to here stands in the queues of those it concerns.</summary>
    public PositionText Reached => _progress.Reached;

    /// <summary>Changes whenever updates may be missing; a snapshot that was read before is then too old to join with.</summary>
    public int Generation => Volatile.Read(ref _generation);

    public bool Skips(StreamPoint point)
    {
        lock (_gate)
        {
            return _progress.Skips(point);
        }
    }

    /// <summary>Takes a batch and hands what is new to the queues.</summary>
    public void Apply(UpdateBatch batch)
    {
        lock (_gate)
        {
            if (!_book.Take(batch))
            {
                _progress.RaiseFloor(batch.Point);
            }

            _progress.Advance(batch.Point);
            _book.WakeTouched();
        }
    }

    public void Attach(Subscriber subscriber)
    {
        lock (_gate)
        {
            _subscribers.Add(subscriber);
        }
    }

    public void Detach(Subscriber subscriber)
    {
        lock (_gate)
        {
            _subscribers.Remove(subscriber);
            foreach (var item in subscriber.Items.Keys.ToList())
            {
                Leave(subscriber, item);
            }
        }
    }

    /// <summary>Keeps every change of items from now on, for a client that is about to join.</summary>
    public void Pin(IReadOnlyList<ItemId> items, int by)
    {
        lock (_gate)
        {
            foreach (var item in items)
            {
                var entry = _book.Hold(item);
                entry.Pins += by;
                Forget(entry);
            }
        }
    }

    /// <summary>Joins a client that comes back to the changes after its position; false when they are not all known.</summary>
    public bool TryRecover(Subscriber subscriber, SubscriptionRequest request)
    {
        var since = request.Since!;
        lock (_gate)
        {
            if (_isMending || !_progress.Covers(since) || _book.Unresolved.Count > 0)
            {
                return false;
            }

            // Until the changes are sent, the client has come no further than it says itself.
            var position = new PositionText(since);
            var entries = new List<OutboundEntry> { Subscribed(request.Id, request.Items, request.Rejected, position, recovered: true) };
            foreach (var item in request.Items)
            {
                entries.AddRange(_book.ChangesOf(Join(subscriber, item, request.Channels), request.Channels, since));
            }

            subscriber.Queue.Add([.. entries]);
            return true;
        }
    }

    /// <summary>Joins a client to a snapshot; false when updates may have been missed since the snapshot was read.</summary>
    public bool TryJoin(Subscriber subscriber, SubscriptionRequest request, Snapshot snapshot, int generation)
    {
        lock (_gate)
        {
            if (generation != _generation)
            {
                return false;
            }

            _book.Merge(snapshot);
            _book.WakeTouched();
            foreach (var item in request.Items)
            {
                Join(subscriber, item, request.Channels);
            }

            bool? recovered = request.Since is null ? null : false;
            subscriber.Queue.Add(
                Subscribed(request.Id, request.Items, request.Rejected, Reached, recovered), _book.LatestOf(subscriber, request.Items, snapshot.Stale, Reached));
            return true;
        }
    }

    public void Leave(Subscriber subscriber, IReadOnlyList<ItemId> items)
    {
        lock (_gate)
        {
            foreach (var item in items)
            {
                Leave(subscriber, item);
            }
        }
    }

    /// <summary>Tells a client that updates were left out, and gives it the latest values instead.</summary>
    public void Restore(Subscriber subscriber)
    {
        lock (_gate)
        {
            if (subscriber.Items.Count > 0)
            {
                meters.Resynchronised.Add(1);
                IReadOnlyList<ItemId> items = [.. subscriber.Items.Keys];
                subscriber.Queue.Add(
                    Subscribed(RequestId.None, items, [], Reached, recovered: false), _book.LatestOf(subscriber, items, _isStale, Reached));
            }
        }
    }

    /// <summary>Begins to mend a gap.</summary>
    /// <returns>The items that somebody is subscribed to, and how many clients there are.</returns>
    public (IReadOnlyList<ItemId> Items, int Clients) BeginResync()
    {
        lock (_gate)
        {
            _generation++;
            _isMending = true;
            return ([.. _subscribers.SelectMany(subscriber => subscriber.Items.Keys).Distinct()], _subscribers.Count);
        }
    }

    /// <summary>Takes one part of the snapshot that mends a gap.</summary>
    public void MergePart(Snapshot snapshot)
    {
        lock (_gate)
        {
            _isStale = snapshot.Stale;
            _book.Merge(snapshot);
            _book.WakeTouched();
        }
    }

    /// <summary>Ends the mending: everybody gets a snapshot.</summary>
    public void CompleteResync(StreamPosition position)
    {
        lock (_gate)
        {
            RequestResync();
            _progress.Restart(position);
            _isMending = false;
        }
    }

    /// <summary>Gives up on a gap: every client is closed, and nobody can recover from before it.</summary>
    public void Abandon()
    {
        lock (_gate)
        {
            foreach (var subscriber in _subscribers)
            {
                subscriber.Queue.Close(CloseCode.InsufficientState);
            }

            _progress.Clear();
            _isMending = false;
        }
    }

    /// <summary>The sources whose values wait for their names.</summary>
    public IReadOnlyList<SourceId> Unresolved()
    {
        lock (_gate)
        {
            return [.. _book.Unresolved];
        }
    }

    /// <summary>Gives everybody the latest values where a source whose values waited has got its name.</summary>
    public void ShowResolved()
    {
        lock (_gate)
        {
            if (_book.Resolve())
            {
                RequestResync();
            }
        }
    }

    public void Dispose() => _book.Dispose();

    private static OutboundEntry Subscribed(
        RequestId id, IReadOnlyList<ItemId> items, IReadOnlyList<string> rejected, PositionText position, bool? recovered) =>
        new(
            [Replies.Subscribed(id, items, rejected, position.Text, recovered)],
            RewindsTo: recovered == true ? position : null,
            IsBarrier: true);

    private void RequestResync()
    {
        foreach (var subscriber in _subscribers.Where(subscriber => subscriber.Items.Count > 0))
        {
            subscriber.Queue.RequestResync();
        }
    }

    private ItemEntry Join(Subscriber subscriber, ItemId item, Channels channels)
    {
        var entry = _book.Hold(item);
        var all = channels | subscriber.Items.GetValueOrDefault(item);
        entry.Watchers[subscriber] = all;
        subscriber.Items[item] = all;
        return entry;
    }

    private void Leave(Subscriber subscriber, ItemId item)
    {
        if (subscriber.Items.Remove(item) && _book.Find(item) is { } entry)
        {
            entry.Watchers.Remove(subscriber);
            Forget(entry);
        }
    }

    private void Forget(ItemEntry entry)
    {
        if (_book.TryForget(entry))
        {
            foreach (var slot in entry.Slots)
            {
                RaiseFloor(slot);
            }
        }
    }

    // A value without a place in the stream comes again with its batch, or was lost before a gap that raised the floor.
    private void RaiseFloor(LatestSlot forgotten)
    {
        if (forgotten.Point is { } point)
        {
            _progress.RaiseFloor(point);
        }
    }
}
