using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Shared;

namespace Tracera.Ingestion;

/// <summary>The latest ticks in memory and the one stream of their changes.</summary>
/// <remarks>
/// Thread-safe. One lock orders what becomes the latest, the offsets and the hand-over to the queues of the subscribers, so that a snapshot and its position
/// fit exactly and nobody sees a series go backwards. Nothing waits inside it.
/// </remarks>
internal sealed class LiveBus : IUpdateSource, IUpdatePublisher, IDisposable
{
    private const int Shard = 0;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private readonly InProcessUpdatesOptions _options;
    private readonly TimeProvider _time;
    private readonly LiveMeters _meters;
    private readonly ILogger _logger;
    private readonly LatestTicks _latest;
    private readonly PendingTicks _pending;
    private readonly List<PriceTick> _changes = [];
    private readonly ITimer _timer;
    private readonly long _epoch = Random.Shared.NextInt64(1, long.MaxValue);
    private ImmutableArray<LiveSubscription> _subscriptions = [];
    private long _offset;
    private bool _isFull;

    public LiveBus(IOptions<InProcessUpdatesOptions> options, TimeProvider time, LiveMeters meters, ILogger<LiveBus> logger)
    {
        _options = options.Value;
        _time = time;
        _meters = meters;
        _logger = logger;
        _latest = new LatestTicks(_options.MaxSeries);
        _pending = new PendingTicks(_options.MaxPending);
        _timer = time.CreateTimer(_ => ReleaseDue(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        meters.Observe(() => _latest.Count, () => _pending.Count, () => _subscriptions.Length);
    }

    /// <summary>Whether a series had to be left out, so that the memory does not hold every one.</summary>
    public bool IsFull => Volatile.Read(ref _isFull);

    /// <summary>Takes ticks, which are copied, and hands over those that are the latest now.</summary>
    /// <returns>What became of each.</returns>
    public WriteOutcome Offer(ReadOnlySpan<PriceTick> ticks)
    {
        var outcome = default(WriteOutcome);
        lock (_gate)
        {
            var now = UnixTime.ToMicroseconds(_time.GetUtcNow());
            TakeDue(now);
            foreach (ref readonly var tick in ticks)
            {
                outcome += Outcome(tick.ObservedAtMicroseconds > now ? Defer(tick) : Take(tick));
            }

            HandOver();
            Rearm(now);
        }

        return outcome;
    }

    public ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (snapshots.Count > 0)
        {
            VolatilitySnapshot[] copy = [.. snapshots];
            lock (_gate)
            {
                HandOver(default, copy);
            }
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IUpdateSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            var subscription = new LiveSubscription(_options.QueueCapacity, _offset, _ => _meters.CountDropped(), Leave);
            _subscriptions = _subscriptions.Add(subscription);
            return new ValueTask<IUpdateSubscription>(subscription);
        }
    }

    /// <summary>The latest ticks of some items, in no order, and the position that they stand for.</summary>
    public (List<PriceTick> Ticks, StreamPosition Position) Read(IReadOnlySet<ItemId> items)
    {
        var ticks = new List<PriceTick>(items.Count);
        lock (_gate)
        {
            _latest.CopyTo(items, ticks);
            return (ticks, StreamPosition.Empty.With(new StreamPoint(Shard, _epoch, _offset)));
        }
    }

    /// <summary>The latest tick of every series, in no order, and the position that they stand for.</summary>
    public (PriceTick[] Ticks, StreamPosition Position) ReadAll()
    {
        lock (_gate)
        {
            return (_latest.ToArray(), StreamPosition.Empty.With(new StreamPoint(Shard, _epoch, _offset)));
        }
    }

    public void Dispose() => _timer.Dispose();

    private static WriteOutcome Outcome(TickFate fate) => fate switch
    {
        TickFate.Latest => new WriteOutcome(1),
        TickFate.Corrected => new WriteOutcome(0, Corrected: 1),
        TickFate.Duplicate => new WriteOutcome(0, Duplicate: 1),
        _ => new WriteOutcome(0, Conflated: 1),
    };

    private TickFate Take(in PriceTick tick)
    {
        var fate = _latest.Offer(tick);
        if (fate is TickFate.Latest or TickFate.Corrected)
        {
            _changes.Add(tick);
        }
        else if (fate == TickFate.Refused)
        {
            _meters.CountSeriesLimit();
            if (!_isFull)
            {
                Volatile.Write(ref _isFull, true);
                InProcessUpdatesLog.SeriesLimit(_logger, InProcessUpdatesOptions.SectionName, _options.MaxSeries);
            }
        }

        return fate;
    }

    private TickFate Defer(in PriceTick tick)
    {
        var fate = _pending.Offer(tick);
        if (fate == TickFate.Refused)
        {
            _meters.CountPendingLimit();
        }

        return fate;
    }

    private void ReleaseDue()
    {
        lock (_gate)
        {
            var now = UnixTime.ToMicroseconds(_time.GetUtcNow());
            TakeDue(now);
            HandOver();
            Rearm(now);
        }
    }

    private void TakeDue(long now)
    {
        while (_pending.TryTakeDue(now, out var tick))
        {
            Take(tick);
        }
    }

    private void HandOver()
    {
        if (_changes.Count > 0)
        {
            HandOver(_changes.ToArray(), []);
            _changes.Clear();
        }
    }

    private void HandOver(ReadOnlyMemory<PriceTick> prices, IReadOnlyList<VolatilitySnapshot> figures)
    {
        var batch = new UpdateBatch(new StreamPoint(Shard, _epoch, ++_offset), prices, figures);
        foreach (var subscription in _subscriptions)
        {
            subscription.Offer(batch);
        }
    }

    private void Rearm(long now)
    {
        if (_pending.NextDue is { } due)
        {
            var sleep = TimeSpan.FromMicroseconds(Math.Min(due - now, LongestSleep.Ticks / TimeSpan.TicksPerMicrosecond));
            _timer.Change(sleep < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : sleep, Timeout.InfiniteTimeSpan);
        }
    }

    private void Leave(LiveSubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions = _subscriptions.Remove(subscription);
        }
    }
}
