using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The names of keys and channels. Everything of one shard has the shard's hash tag, so that one script call stays in one slot of a cluster.</summary>
internal sealed class RedisLayout
{
    private readonly string _prefix;
    private readonly ShardKeys[] _shards;
    private readonly FrozenDictionary<string, ShardChannel> _channels;

    public RedisLayout(IOptions<RedisOptions> options)
    {
        _prefix = options.Value.Prefix;
        _shards = [.. Enumerable.Range(0, options.Value.Shards).Select(shard => new ShardKeys(_prefix, shard, options.Value.Database ?? 0))];
        _channels = _shards
            .SelectMany(shard => new[]
            {
                KeyValuePair.Create(shard.Prices, new ShardChannel(shard.Shard, IsPrices: true)),
                KeyValuePair.Create(shard.Volatility, new ShardChannel(shard.Shard, IsPrices: false)),
            })
            .ToFrozenDictionary(StringComparer.Ordinal);
        Sources = _prefix + "sources";
        Pattern = new RedisChannel($"{_prefix}{{s*}}*", RedisChannel.PatternMode.Pattern);
        Probe = new RedisChannel($"{_prefix}{{s0}}probe", RedisChannel.PatternMode.Literal);
    }

    public IReadOnlyList<ShardKeys> Shards => _shards;

    /// <summary>Where the catalogue's sources are kept.</summary>
    public RedisKey Sources { get; }

    /// <summary>Matches every channel: one subscription, so that one connection carries them all in order.</summary>
    public RedisChannel Pattern { get; }

    /// <summary>On which a host sends itself a message, to learn whether its subscription works.</summary>
    public RedisChannel Probe { get; }

    public int ShardOf(ItemId item) => (int)((uint)item.Value % (uint)_shards.Length);

    public ShardKeys KeysOf(ItemId item) => _shards[ShardOf(item)];

    /// <summary>Which shard a channel belongs to; null for channels that are not the streams'.</summary>
    public ShardChannel? Find(string channel) => _channels.TryGetValue(channel, out var found) ? found : null;

    public RedisKey Figures(Window window, ItemId item) =>
        string.Create(CultureInfo.InvariantCulture, $"{_prefix}vol:{window.Name}:{item.Value}");

    public RedisKey Ranking(Window window, SourceId? source) => source is { } one
        ? string.Create(CultureInfo.InvariantCulture, $"{_prefix}rank:{window.Name}:{one.Value}")
        : $"{_prefix}rank:{window.Name}:all";
}
