namespace Tracera.Realtime.Tests.Fixtures;

/// <summary>A catalogue of items 1 to <see cref="ItemCount"/> and a few sources.</summary>
public sealed class FakeCatalog : IItemCatalog
{
    public const int ItemCount = 1_000;

    public List<Source> Sources { get; } =
    [
        new(new SourceId(1), "steam", new SourceDescriptor("steam", Currency.Usd)),
        new(new SourceId(2), "priceempire", new SourceDescriptor("buff163", Currency.Eur)),
    ];

    public bool IsAway { get; set; }

    public ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) =>
        IsAway
            ? throw new CatalogUnavailableException()
            : ValueTask.FromResult<IReadOnlyList<Item>>(
                [.. ids.Where(id => id.Value <= ItemCount).Order().Select(id => new Item(id, new ItemKey("steam:730", $"item {id}")))]);

    public ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) =>
        IsAway ? throw new CatalogUnavailableException() : ValueTask.FromResult<IReadOnlyList<Source>>([.. Sources]);

    public ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();
}
