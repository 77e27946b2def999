namespace Tracera.Load;

/// <summary>What enumerating alone costs: the providers are asked as in the scenario and their rows are counted and dropped.</summary>
internal sealed class EnumerationFloor(IReadOnlyList<CoreProvider> providers)
{
    /// <summary>Enumerates the cycles that the providers have prepared.</summary>
    public async Task RunAsync(int cycles, CancellationToken cancellationToken)
    {
        var rows = await Task.WhenAll(providers.Select(provider => Task.Run(() => CountAsync(provider, cycles, cancellationToken), cancellationToken)));
        WrongCountException.ThrowUnless((long)cycles * providers.Count * CoreFeed.Rows, rows.Sum(), "rows that were enumerated");
    }

    private static async Task<long> CountAsync(CoreProvider provider, int cycles, CancellationToken cancellationToken)
    {
        long count = 0;
        for (var i = 0; i < cycles; i++)
        {
            var context = new FetchContext(provider.Name, default, DateTimeOffset.UnixEpoch, new ProviderOptions(), static _ => { });
            await foreach (var raw in provider.FetchAsync(context, cancellationToken))
            {
                count += raw.Name.Length > 0 ? 1 : 0;
            }
        }

        return count;
    }
}
