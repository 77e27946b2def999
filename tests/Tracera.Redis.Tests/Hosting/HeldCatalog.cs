namespace Tracera.Redis.Tests.Hosting;

/// <summary>A catalogue that says which sources there are once the test lets it.</summary>
internal sealed class HeldCatalog(params int[] sources) : IItemCatalog
{
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when somebody asks.</summary>
    public Task Asked => _asked.Task.WaitAsync(TimeSpan.FromSeconds(30), RedisHost.Token);

    public void Release() => _released.TrySetResult();

    public async ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken)
    {
        _asked.TrySetResult();
        await _released.Task.WaitAsync(cancellationToken);
        return [.. sources.Select(source => new Source(new SourceId(source), "test", new SourceDescriptor($"source {source}", Currency.Usd)))];
    }

    public ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
}
