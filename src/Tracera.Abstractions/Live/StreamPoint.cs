namespace Tracera;

/// <summary>A place in the stream of one shard.</summary>
/// <param name="Shard">The shard, 0 or more.</param>
/// <param name="Epoch">Identifies the shard's stream; it changes when the stream begins anew, and offsets of two epochs do not compare.</param>
/// <param name="Offset">Rises by one with every batch of the shard.</param>
public readonly record struct StreamPoint(int Shard, long Epoch, long Offset);
