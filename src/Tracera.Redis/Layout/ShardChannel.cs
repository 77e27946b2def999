namespace Tracera.Redis;

/// <summary>Whose channel it is.</summary>
/// <param name="Shard">The shard.</param>
/// <param name="IsPrices">Whether it carries prices; else it carries figures.</param>
internal readonly record struct ShardChannel(int Shard, bool IsPrices);
