namespace Tracera.Testing;

/// <summary>A bus in memory with one shard: a sink whose newest ticks become updates, a publisher of figures, and a snapshot of both.</summary>
/// <param name="capacity">How many batches wait for one listener at most, 1 or more.</param>
/// <remarks>Thread-safe. A listener that falls behind loses the oldest batches and is told of the gap.</remarks>
public sealed class InMemoryUpdateBus(int capacity = InMemoryUpdateBus.DefaultCapacity) : IPriceSink, IUpdatePublisher, IUpdateSource, ISnapshotReader
{
    /// <summary>The default capacity.</summary>
    public const int DefaultCapacity = 1_024;

    private readonly Lock _gate = new();
    private readonly List<InMemorySubscription> _subscriptions = [];
    private readonly Dictionary<SeriesKey, PriceTick> _latest = [];
    private readonly Dictionary<(SeriesKey Series, Window Window), VolatilitySnapshot> _figures = [];
    private StreamPoint _point = new(0, 1, 0);

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Lane == BatchLane.Live)
        {
            lock (_gate)
            {
                var newest = batch.Ticks.ToArray().Where(Keep).ToArray();
                if (newest.Length > 0)
                {
                    Send(newest, []);
                }
            }
        }

        return new(WriteOutcome.AllWritten(batch));
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        lock (_gate)
        {
            foreach (var snapshot in snapshots)
            {
                _figures[(snapshot.Series, snapshot.Window)] = snapshot;
            }

            Send(ReadOnlyMemory<PriceTick>.Empty, [.. snapshots]);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IUpdateSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var subscription = new InMemorySubscription(capacity, Remove);
            _subscriptions.Add(subscription);
            return new(subscription);
        }
    }

    /// <inheritdoc/>
    public ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(new Snapshot(
                Ordered(_latest.Values.Where(tick => items.Contains(tick.Item))),
                [.. _figures.Values.Where(figure => items.Contains(figure.Series.Item))],
                StreamPosition.Empty.With(_point),
                Stale: false));
        }
    }

    /// <inheritdoc/>
    public ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(new Snapshot(Ordered(_latest.Values), [], StreamPosition.Empty.With(_point), Stale: false));
        }
    }

    private static List<PriceTick> Ordered(IEnumerable<PriceTick> ticks) => [.. ticks.OrderBy(tick => tick.Item).ThenBy(tick => tick.Source)];

    private bool Keep(PriceTick tick)
    {
        if (_latest.TryGetValue(tick.Series, out var known) && !tick.IsNewerThan(known))
        {
            return false;
        }

        _latest[tick.Series] = tick;
        return true;
    }

    private void Send(ReadOnlyMemory<PriceTick> prices, IReadOnlyList<VolatilitySnapshot> figures)
    {
        _point = _point with { Offset = _point.Offset + 1 };
        var update = new UpdateBatch(_point, prices, figures);
        foreach (var subscription in _subscriptions)
        {
            subscription.Send(update);
        }
    }

    private void Remove(InMemorySubscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
