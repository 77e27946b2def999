namespace Tracera.Postgres;

/// <summary>The names under which the store's parts are registered.</summary>
internal static class StoreNames
{
    public const string Store = "store";
}
