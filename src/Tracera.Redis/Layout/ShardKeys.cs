using System.Globalization;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The keys and channels of one shard.</summary>
internal sealed class ShardKeys
{
    /// <param name="prefix">What every name begins with.</param>
    /// <param name="shard">The shard's number.</param>
    /// <param name="database">The number of the database, which Redis does not tell channels apart by.</param>
    public ShardKeys(string prefix, int shard, int database)
    {
        var end = database == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{database}");
        var tag = string.Create(CultureInfo.InvariantCulture, $"{prefix}{{s{shard}}}");
        (Shard, Latest, Offset, Epoch) = (shard, tag + "latest", tag + "offset", tag + "epoch");
        (Prices, Volatility) = ($"{tag}prices{end}", $"{tag}volatility{end}");
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
