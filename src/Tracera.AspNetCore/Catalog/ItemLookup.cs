using System.Globalization;

namespace Tracera.AspNetCore;

/// <summary>Finds the item that a path names.</summary>
internal static class ItemLookup
{
    /// <exception cref="ProblemException">There is no such item.</exception>
    public static async ValueTask<Item> RequireAsync(this IItemCatalog catalog, string id, CancellationToken cancellationToken)
    {
        if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0)
        {
            var items = await catalog.GetItemsAsync([new ItemId(number)], cancellationToken).ConfigureAwait(false);
            if (items.Count > 0)
            {
                return items[0];
            }
        }

        throw ProblemException.NotFound(ProblemCodes.UnknownItem, $"There is no item '{id}'.");
    }
}
