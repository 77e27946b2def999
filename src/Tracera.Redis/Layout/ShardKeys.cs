using System.Globalization;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The keys and channels of one shard.</summary>
internal sealed class ShardKeys
{
    public ShardKeys(string prefix, int shard)
    {
        var tag = string.Create(CultureInfo.InvariantCulture, $"{prefix}{{s{shard}}}");
        (Shard, Latest, Offset, Epoch) = (shard, tag + "latest", tag + "offset", tag + "epoch");
        (Prices, Volatility) = (tag + "prices", tag + "volatility");
        Stream = [Latest, Offset, Epoch, tag + "newest"];
    }

    public int Shard { get; }

    public RedisKey Latest { get; }

    public RedisKey Offset { get; }

    public RedisKey Epoch { get; }

    /// <summary>The keys that the scripts of a stream take, in their order.</summary>
    public RedisKey[] Stream { get; }

    public string Prices { get; }

    public string Volatility { get; }
}
