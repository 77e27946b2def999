using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The hashes of figures, one an item and window, and what they hold of each source. Thread-safe.</summary>
/// <remarks>
/// A hash lives as long as its window, so that figures which nobody computes any more go by themselves. Those of one source that nobody computes, beside others that are, stay in it and are
/// passed over once they are older than that.
/// </remarks>
internal sealed class FigureStore(RedisConnection connection, RedisLayout layout, TimeProvider time)
{
    /// <summary>Keeps figures of one item and window unless newer ones are there.</summary>
    /// <returns>All that are there then, ordered by source.</returns>
    public async Task<List<VolatilitySnapshot>> PutAsync(IReadOnlyList<VolatilitySnapshot> figures, CancellationToken cancellationToken)
    {
        var window = figures[0].Window;
        RedisKey[] keys = [layout.Figures(window, figures[0].Series.Item)];
        RedisValue[] values =
        [
            (long)window.Length.TotalMilliseconds,
            .. figures.SelectMany(figure => new RedisValue[] { figure.Series.Source.Value, FigureValue.Write(figure) }),
        ];
        var answer = await CallAsync(keys, values, cancellationToken).ConfigureAwait(false);
        return Read(window, (RedisValue[])answer!);
    }

    /// <summary>Reads the figures of one item and window, ordered by source.</summary>
    public async Task<List<VolatilitySnapshot>> GetAsync(Window window, ItemId item, CancellationToken cancellationToken) =>
        Read(window, await connection.AskAsync(connection.Database.HashValuesAsync(layout.Figures(window, item)), cancellationToken).ConfigureAwait(false));

    private List<VolatilitySnapshot> Read(Window window, RedisValue[] values)
    {
        var oldest = time.GetUtcNow() - window.Length;
        return [.. values.Select(value => FigureValue.Read(value)).OfType<VolatilitySnapshot>().Where(figure => figure.ComputedAt >= oldest).OrderBy(FigureOrder.BySeries)];
    }

    private async Task<RedisResult> CallAsync(RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        var database = connection.Database;
        try
        {
            return await connection.AskAsync(database.ScriptEvaluateAsync(RedisScript.StoreFigures.Hash, keys, values), cancellationToken).ConfigureAwait(false);
        }
        catch (RedisServerException fault) when (fault.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            object[] arguments = [RedisScript.StoreFigures.Text, keys.Length, .. keys, .. values];
            return await connection.AskAsync(database.ExecuteAsync("EVAL", arguments), cancellationToken).ConfigureAwait(false);
        }
    }
}
