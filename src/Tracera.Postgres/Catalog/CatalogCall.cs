namespace Tracera.Postgres;

/// <summary>Calls the server for the catalogue.</summary>
internal static class CatalogCall
{
    /// <summary>Runs work.</summary>
    /// <exception cref="CatalogUnavailableException">The server is away, or the store may not be used yet.</exception>
    /// <exception cref="Npgsql.PostgresException">The server refused the values themselves: to wait for it is of no use.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> work, string what)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception fault) when (PostgresFaults.IsFault(fault) && PostgresFaults.KindOf(fault) != SinkFailure.Permanent)
        {
            throw PostgresFaults.Catalog(what, fault);
        }
    }
}
