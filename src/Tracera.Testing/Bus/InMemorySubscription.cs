using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tracera.Testing;

/// <summary>One listener of an <see cref="InMemoryUpdateBus"/>.</summary>
internal sealed class InMemorySubscription : IUpdateSubscription
{
    private readonly Channel<UpdateBatch> _waiting;
    private readonly Action<InMemorySubscription> _onDisposed;
    private int _hasGap;

    public InMemorySubscription(int capacity, Action<InMemorySubscription> onDisposed)
    {
        _onDisposed = onDisposed;
        _waiting = Channel.CreateBounded<UpdateBatch>(
            new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest },
            _ => Interlocked.Exchange(ref _hasGap, 1));
    }

    public async IAsyncEnumerable<UpdateBatch> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var update in _waiting.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            yield return Interlocked.Exchange(ref _hasGap, 0) == 1 ? update with { Gap = true } : update;
        }
    }

    public ValueTask DisposeAsync()
    {
        _onDisposed(this);
        _waiting.Writer.TryComplete();
        return ValueTask.CompletedTask;
    }

    internal void Send(UpdateBatch update) => _waiting.Writer.TryWrite(update);
}
