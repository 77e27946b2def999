using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>A store and a bus in memory: what is published is the latest value and reaches every subscription, unless it is told to be lost.</summary>
public sealed class FakeMarket : IUpdateSource, ISnapshotReader
{
    private readonly Lock _gate = new();
    private readonly Dictionary<SeriesKey, PriceTick> _latest = [];
    private readonly Dictionary<(SeriesKey, Window), VolatilitySnapshot> _figures = [];
    private readonly List<Channel<UpdateBatch>> _listeners = [];
    private long _offset = 10;
    private bool _gap;

    public long Epoch { get; set; } = 77;

    public bool SnapshotsFail { get; set; }

    public bool SourceFails { get; set; }

    public bool Stale { get; set; }

    /// <summary>Runs before a snapshot is answered, after its values were taken.</summary>
    public Func<Task>? BeforeSnapshotIsGiven { get; set; }

    public StreamPosition Position
    {
        get
        {
            lock (_gate)
            {
                return StreamPosition.Empty.With(new StreamPoint(0, Epoch, _offset));
            }
        }
    }

    public void Publish(params PriceTick[] ticks) => Take(ticks, [], isLost: false);

    public void Publish(params VolatilitySnapshot[] figures) => Take([], figures, isLost: false);

    public void Lose(params PriceTick[] ticks) => Take(ticks, [], isLost: true);

    /// <summary>Puts values into the store alone.</summary>
    public void Store(params PriceTick[] ticks)
    {
        lock (_gate)
        {
            Keep(ticks, []);
        }
    }

    /// <summary>Breaks every subscription.</summary>
    public void BreakSubscriptions()
    {
        lock (_gate)
        {
            _listeners.ForEach(listener => listener.Writer.Complete(new IOException("The bus is away.")));
            _listeners.Clear();
        }
    }

    public ValueTask<IUpdateSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        if (SourceFails)
        {
            throw new IOException("The bus is away.");
        }

        var channel = Channel.CreateUnbounded<UpdateBatch>();
        lock (_gate)
        {
            _listeners.Add(channel);
        }

        return ValueTask.FromResult<IUpdateSubscription>(new Subscription(channel.Reader));
    }

    public async ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken)
    {
        if (SnapshotsFail)
        {
            throw new IOException("The store is away.");
        }

        Snapshot snapshot;
        lock (_gate)
        {
            snapshot = new Snapshot(
                [.. _latest.Values.Where(tick => items.Contains(tick.Item)).OrderBy(tick => tick.Item).ThenBy(tick => tick.Source)],
                [.. _figures.Values.Where(figures => items.Contains(figures.Series.Item))],
                Position,
                Stale);
        }

        await (items.Count > 0 && BeforeSnapshotIsGiven is { } wait ? wait() : Task.CompletedTask);
        return snapshot;
    }

    public ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    private void Take(PriceTick[] ticks, VolatilitySnapshot[] figures, bool isLost)
    {
        lock (_gate)
        {
            Keep(ticks, figures);
            _offset++;
            var batch = new UpdateBatch(new StreamPoint(0, Epoch, _offset), ticks, figures, _gap);
            _gap = isLost;
            if (!isLost)
            {
                _listeners.ForEach(listener => listener.Writer.TryWrite(batch));
            }
        }
    }

    private void Keep(PriceTick[] ticks, VolatilitySnapshot[] figures)
    {
        foreach (var tick in ticks)
        {
            if (!_latest.TryGetValue(tick.Series, out var known) || tick.IsNewerThan(known))
            {
                _latest[tick.Series] = tick;
            }
        }

        foreach (var snapshot in figures)
        {
            _figures[(snapshot.Series, snapshot.Window)] = snapshot;
        }
    }

    private sealed class Subscription(ChannelReader<UpdateBatch> batches) : IUpdateSubscription
    {
        public async IAsyncEnumerable<UpdateBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            await foreach (var batch in batches.ReadAllAsync(cancellationToken))
            {
                yield return batch;
            }
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
