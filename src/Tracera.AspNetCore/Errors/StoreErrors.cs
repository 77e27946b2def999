using System.Data.Common;

namespace Tracera.AspNetCore;

/// <summary>Tells the errors of a store that is away from those of the program.</summary>
internal static class StoreErrors
{
    public static bool IsAway(Exception exception) => exception is CatalogUnavailableException or DbException or TimeoutException;
}
