namespace Tracera.Testing;

/// <summary>A catalogue in memory.</summary>
/// <remarks>Thread-safe. Set <see cref="IsAway"/> to see what others do without it.</remarks>
public sealed class InMemoryCatalog : IItemCatalog
{
    private readonly Lock _gate = new();
    private readonly List<Item> _items = [];
    private readonly Dictionary<ItemKey, ItemId> _ids = [];
    private readonly List<Source> _sources = [];
    private readonly HashSet<SeriesKey> _priced = [];
    private volatile bool _isAway;

    /// <summary>Whether every call throws <see cref="CatalogUnavailableException"/>. Default: false.</summary>
    public bool IsAway
    {
        get => _isAway;
        set => _isAway = value;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ItemId>> GetOrAddItemsAsync(IReadOnlyList<ItemKey> keys, CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<ItemId>>(() => [.. keys.Select(GetOrAdd)], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Source> GetOrAddSourceAsync(string provider, SourceDescriptor descriptor, CancellationToken cancellationToken) =>
        LockedAsync(() => GetOrAdd(provider, descriptor), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Item>> GetItemsAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<Item>>(() => [.. _items.Where(item => ids.Contains(item.Id))], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Item>> FindItemsAsync(string name, CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<Item>>(() => [.. _items.Where(item => item.Name == name)], cancellationToken);

    /// <inheritdoc/>
    public ValueTask<Page<Item>> ListItemsAsync(ItemQuery query, CancellationToken cancellationToken) =>
        LockedAsync(() => Cursors.Cut(_items.Where(item => Matches(item, query)), query.Page), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Source>> GetSourcesAsync(CancellationToken cancellationToken) =>
        LockedAsync<IReadOnlyList<Source>>(() => [.. _sources], cancellationToken);

    internal void MarkPriced(SeriesKey series)
    {
        lock (_gate)
        {
            _priced.Add(series);
        }
    }

    internal VolumeKind VolumeKindOf(SourceId source)
    {
        lock (_gate)
        {
            return _sources.Find(known => known.Id == source)?.VolumeKind ?? VolumeKind.Traded;
        }
    }

    private ValueTask<T> LockedAsync<T>(Func<T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isAway)
        {
            throw new CatalogUnavailableException();
        }

        lock (_gate)
        {
            return new(read());
        }
    }

    private ItemId GetOrAdd(ItemKey key)
    {
        if (!_ids.TryGetValue(key, out var id))
        {
            id = new ItemId(_items.Count + 1);
            _ids.Add(key, id);
            _items.Add(new Item(id, key));
        }

        return id;
    }

    private Source GetOrAdd(string provider, SourceDescriptor wanted)
    {
        var source = _sources.Find(known => known.Provider == provider && known.Descriptor == wanted with { VolumeKind = known.VolumeKind });
        if (source is null)
        {
            source = new Source(new SourceId(_sources.Count + 1), provider, wanted);
            _sources.Add(source);
        }

        return source.VolumeKind == wanted.VolumeKind
            ? source
            : throw new InvalidOperationException(
                $"The source '{wanted.Name}' of '{provider}' counts its volume as {source.VolumeKind}, not as {wanted.VolumeKind}.");
    }

    // Letters beyond ASCII keep their case.
    private static string Folded(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : c));

    private bool Matches(Item item, ItemQuery query) =>
        (query.Search is null || Folded(item.Name).Contains(Folded(query.Search), StringComparison.Ordinal))
        && (query.Source is null || _sources.Exists(source => source.Name == query.Source && _priced.Contains(new SeriesKey(item.Id, source.Id))));
}
