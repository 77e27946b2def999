using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Tracera.Realtime.Connections;

/// <summary>Which ids the catalogue has. What was once known stays known, so the cache is bounded by the catalogue.</summary>
internal sealed class KnownItems(IItemCatalog catalog, ILogger<KnownItems> logger)
{
    private readonly ConcurrentDictionary<ItemId, bool> _known = [];

    /// <summary>The unknown ones among some ids; none while the catalogue cannot be reached, because a subscription needs only the id.</summary>
    public async ValueTask<IReadOnlyCollection<ItemId>> FindUnknownAsync(IReadOnlyList<ItemId> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Where(id => !_known.ContainsKey(id)).ToHashSet();
        if (asked.Count == 0)
        {
            return asked;
        }

        try
        {
            foreach (var item in await catalog.GetItemsAsync([.. asked], cancellationToken).ConfigureAwait(false))
            {
                _known[item.Id] = true;
                asked.Remove(item.Id);
            }

            return asked;
        }
        catch (CatalogUnavailableException unavailable)
        {
            RealtimeLog.CatalogUnavailable(logger, unavailable);
            return [];
        }
    }
}
