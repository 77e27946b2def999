namespace Tracera.Redis.Tests.Hosting;

internal static class AsyncSequences
{
    /// <summary>Reads until an element is what is wanted, that one included.</summary>
    public static async Task<List<T>> TakeUntilAsync<T>(this IAsyncEnumerable<T> sequence, Func<T, bool> isLast)
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
