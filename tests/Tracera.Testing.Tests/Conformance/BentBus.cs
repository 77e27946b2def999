using System.Runtime.CompilerServices;

namespace Tracera.Testing.Tests;

/// <summary>The bus in memory with parts that a test bends.</summary>
internal sealed class BentBus(InMemoryUpdateBus inner) : IPriceSink, IUpdatePublisher, IUpdateSource, ISnapshotReader
{
    public Func<PriceBatch, PriceBatch> Batch { get; init; } = batch => batch;

    public Func<UpdateBatch, int, UpdateBatch> Update { get; init; } = (update, _) => update;

    public Func<Snapshot, Snapshot> Snapshot { get; init; } = snapshot => snapshot;

    public Func<Snapshot, Snapshot> All { get; init; } = snapshot => snapshot;

    public bool SubscribesLate { get; init; }

    public bool OneListener { get; init; }

    public bool PublishesNothing { get; init; }

    public bool IsDeaf { get; init; }

    /// <summary>Whether the first update comes again and again.</summary>
    public bool RepeatsItself { get; init; }

    private int _listeners;

    public static BusUnderTest Under(BentBus bus) => new() { Sink = bus, Publisher = bus, Source = bus, Snapshots = bus, WritesThatOverflow = 60 };

    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken) => inner.WriteAsync(Batch(batch), cancellationToken);

    public ValueTask PublishAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken) =>
        PublishesNothing ? ValueTask.CompletedTask : inner.PublishAsync(snapshots, cancellationToken);

    public async ValueTask<IUpdateSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        var isFirst = Interlocked.Increment(ref _listeners) == 1;
        var subscription = SubscribesLate || (OneListener && !isFirst) ? null : await inner.SubscribeAsync(cancellationToken);
        return new Listener(this, inner, subscription);
    }

    public async ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken) => Snapshot(await inner.ReadAsync(items, cancellationToken));

    public async ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken) => All(await inner.ReadAllAsync(cancellationToken));

    private sealed class Listener(BentBus bus, InMemoryUpdateBus inner, IUpdateSubscription? subscription) : IUpdateSubscription
    {
        private IUpdateSubscription? _subscription = subscription;

        public async IAsyncEnumerable<UpdateBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            _subscription ??= await inner.SubscribeAsync(cancellationToken);
            var count = 0;
            await foreach (var update in _subscription.ReadAsync(bus.IsDeaf ? default : cancellationToken).WithCancellation(bus.IsDeaf ? default : cancellationToken))
            {
                do
                {
                    yield return bus.Update(update, count++);
                }
                while (bus.RepeatsItself);
            }
        }

        public ValueTask DisposeAsync() => _subscription?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
