using System.Threading.Channels;

namespace Tracera.Abstractions.Tests.Live;

/// <summary>A source, its one subscription and a snapshot, all driven by the test.</summary>
internal sealed class FakeUpdates : IUpdateSource, IUpdateSubscription, ISnapshotReader
{
    private readonly Channel<UpdateBatch> _batches = Channel.CreateBounded<UpdateBatch>(1_000);
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<int> _snapshotsRead = Channel.CreateBounded<int>(1_000);
    private long _offset;

    public List<string> Calls { get; } = [];

    public IReadOnlyList<PriceTick> Latest { get; set; } = [];

    public Task Disposed => _disposed.Task;

    public ValueTask<IUpdateSubscription> SubscribeAsync(CancellationToken cancellationToken)
    {
        Calls.Add("subscribe");
        return ValueTask.FromResult<IUpdateSubscription>(this);
    }

    public IAsyncEnumerable<UpdateBatch> ReadAsync(CancellationToken cancellationToken) => _batches.Reader.ReadAllAsync(cancellationToken);

    public ValueTask<Snapshot> ReadAllAsync(CancellationToken cancellationToken)
    {
        Calls.Add("snapshot");
        _snapshotsRead.Writer.TryWrite(0);
        return ValueTask.FromResult(new Snapshot(Latest, [], StreamPosition.Empty, false));
    }

    public ValueTask<Snapshot> ReadAsync(IReadOnlyList<ItemId> items, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new Snapshot([.. Latest.Where(tick => items.Contains(tick.Item))], [], StreamPosition.Empty, false));

    public void Send(params PriceTick[] ticks) => Send(false, ticks);

    public void Send(bool gap, params PriceTick[] ticks) =>
        Assert.True(_batches.Writer.TryWrite(new UpdateBatch(new StreamPoint(0, 1, ++_offset), ticks, [], gap)));

    public void End(Exception? error = null) => _batches.Writer.TryComplete(error);

    public async Task SnapshotReadAsync(CancellationToken cancellationToken) => await _snapshotsRead.Reader.ReadAsync(cancellationToken);

    public ValueTask DisposeAsync()
    {
        _disposed.TrySetResult();
        return ValueTask.CompletedTask;
    }
}
