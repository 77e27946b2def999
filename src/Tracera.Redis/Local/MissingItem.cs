namespace Tracera.Redis;

/// <summary>An item that must be read from Redis.</summary>
/// <param name="Item">The item.</param>
/// <param name="Shard">Its shard.</param>
/// <param name="ToLoad">What then holds it here; null when it is not kept.</param>
internal readonly record struct MissingItem(ItemId Item, int Shard, LocalItem? ToLoad);
