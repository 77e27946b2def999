namespace Tracera.Abstractions.Tests.Live;

/// <summary>A catalogue of items named "item 1", "item 2" … at the sources "steam" (1) and "buff163" (2).</summary>
internal sealed class FakeCatalog : IItemCatalog
{
    public const int Items = 100;

    public int Reads { get; private set; }

    public Exception? Error { get; set; }

    public static Item ItemOf(int id) => new(new ItemId(id), new ItemKey(id % 2 == 0 ? "even" : "odd", $"item {id}"));

    public ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken)
    {
        Reads++;
        return Error is { } error
            ? throw error
            : ValueTask.FromResult<IReadOnlyList<Item>>([.. ids.Where(id => id.Value <= Items).Select(id => ItemOf(id.Value))]);
    }

    public ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Item>>([.. Enumerable.Range(1, Items).Select(ItemOf).Where(item => item.Name == name)]);

    public ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult<IReadOnlyList<Source>>(
        [
            new Source(new SourceId(1), "steam", new SourceDescriptor("steam", Currency.Usd)),
            new Source(new SourceId(2), "priceempire", new SourceDescriptor("buff163", Currency.Eur)),
        ]);

    public ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
}
