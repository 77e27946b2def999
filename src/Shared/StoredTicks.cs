namespace Tracera.Shared;

/// <summary>Completes latest ticks, some of which may be missing, by those of the store.</summary>
internal static class StoredTicks
{
    /// <summary>Keeps the newer of both for each series; in no order.</summary>
    /// <param name="read">What the store is asked.</param>
    /// <param name="ticks">The latest ticks, which are completed.</param>
    /// <param name="cancellationToken">Ends it, also while the store is away.</param>
    /// <returns>False when the store is away: that is an answer here, and the snapshot says that it is stale.</returns>
    public static async Task<bool> TryAddAsync(Task<IReadOnlyList<PriceTick>> read, List<PriceTick> ticks, CancellationToken cancellationToken)
    {
        await ((Task)read).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!read.IsCompletedSuccessfully)
        {
            return false;
        }

        var newest = ticks.ToDictionary(tick => tick.Series);
        foreach (var stored in await read.ConfigureAwait(false))
        {
            if (!newest.TryGetValue(stored.Series, out var known) || stored.IsNewerThan(known))
            {
                newest[stored.Series] = stored;
            }
        }

        ticks.Clear();
        ticks.AddRange(newest.Values);
        return true;
    }
}
