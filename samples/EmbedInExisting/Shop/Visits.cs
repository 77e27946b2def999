using StackExchange.Redis;

namespace EmbedInExisting;

/// <summary>Counts visits over all of the shop's hosts.</summary>
internal sealed class Visits(IConnectionMultiplexer redis)
{
    public async Task<string> CountAsync()
    {
        try
        {
            var count = await redis.GetDatabase().StringIncrementAsync("shop:visits");
            return $"visit {count}";
        }
        catch (RedisException)
        {
            return "visits are not counted now";
        }
    }
}
