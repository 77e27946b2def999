namespace Tracera.Redis.Tests.Hosting;

internal static class AsyncSequences
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Reads until an element is what is wanted, that one included; not for ever.</summary>
    public static Task<List<T>> TakeUntilAsync<T>(this IAsyncEnumerable<T> sequence, Func<T, bool> isLast) => ReadAsync(sequence, isLast).WaitAsync(Patience, RedisHost.Token);

    /// <summary>Reads so many elements; not for ever.</summary>
    public static async Task<List<T>> TakeAsync<T>(this IAsyncEnumerable<T> sequence, int count) =>
        await sequence.Take(count).ToListAsync(RedisHost.Token).AsTask().WaitAsync(Patience, RedisHost.Token);

    private static async Task<List<T>> ReadAsync<T>(IAsyncEnumerable<T> sequence, Func<T, bool> isLast)
    {
        var taken = new List<T>();
        await foreach (var element in sequence)
        {
            taken.Add(element);
            if (isLast(element))
            {
                break;
            }
        }

        return taken;
    }
}
