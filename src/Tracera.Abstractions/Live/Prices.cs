using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Live;

/// <summary>Prices by name, over whatever store and bus the app has added.</summary>
/// <remarks>An app needs only the parts that it uses: they are asked for when a method is called. Where nothing is there that could answer any of them, it cannot be made, so that
/// an app which wants prices and has no bus fails at its start.</remarks>
internal sealed class Prices : IPrices
{
    private const string AddStore = "AddSqlite() or AddPostgres()";
    private const string AddBus = "AddInProcessUpdates() or AddRedis()";
    private const string AddFigures = "AddVolatility()";
    private readonly IServiceProvider _services;
    private readonly SeriesNames _names = new();

    /// <exception cref="InvalidOperationException">There is neither a bus nor a cache of figures.</exception>
    public Prices(IServiceProvider services, IServiceProviderIsService registered)
    {
        _services = services;
        if (!registered.IsService(typeof(ISnapshotReader)) && !registered.IsService(typeof(IUpdateSource)) && !registered.IsService(typeof(IVolatilityCache)))
        {
            throw new InvalidOperationException($"{nameof(IPrices)} is used, and there is no bus that brings prices: add {AddBus} to the Tracera builder.");
        }
    }

    public async ValueTask<IReadOnlyList<ItemPrice>> GetLatestAsync(string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var (catalog, reader) = (Require<IItemCatalog>(AddStore), Require<ISnapshotReader>(AddBus));
        var items = await catalog.FindItemsAsync(name, cancellationToken).ConfigureAwait(false);
        if (items.Count == 0)
        {
            return [];
        }

        ItemId[] ids = [.. items.Select(item => item.Id)];
        var snapshot = await reader.ReadAsync(ids, cancellationToken).ConfigureAwait(false);
        await _names.LearnAsync(catalog, [.. snapshot.Prices.Select(tick => tick.Series)], cancellationToken).ConfigureAwait(false);
        return [.. snapshot.Prices.Select(_names.Find).OfType<ItemPrice>()];
    }

    public IAsyncEnumerable<ItemPrice> WatchAsync(PriceFilter? filter = null, CancellationToken cancellationToken = default) =>
        WatchAsync(
            Require<IUpdateSource>(AddBus),
            Require<ISnapshotReader>(AddBus),
            Require<IItemCatalog>(AddStore),
            filter ?? PriceFilter.All,
            cancellationToken);

    public async ValueTask<IReadOnlyList<VolatilitySnapshot>> GetVolatilityAsync(
        string name, Window window, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(window);
        var (catalog, cache) = (Require<IItemCatalog>(AddStore), Require<IVolatilityCache>(AddFigures));
        var items = await catalog.FindItemsAsync(name, cancellationToken).ConfigureAwait(false);
        return items.Count == 0
            ? []
            : await cache.GetAsync([.. items.Select(item => item.Id)], window, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<ItemPrice> WatchAsync(
        IUpdateSource source,
        ISnapshotReader reader,
        IItemCatalog catalog,
        PriceFilter filter,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var subscription = await source.SubscribeAsync(cancellationToken).ConfigureAwait(false);
        await using var subscribed = subscription.ConfigureAwait(false);
        var watch = new PriceWatch(subscription, reader, catalog, _names, filter);
        await using var watching = watch.ConfigureAwait(false);
        watch.Start();
        while (true)
        {
            yield return await watch.NextAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private T Require<T>(string add)
        where T : class =>
        _services.GetService<T>() ?? throw new InvalidOperationException(
            $"{nameof(IPrices)} needs an {typeof(T).Name}, and none is registered: add {add} to the Tracera builder.");
}
