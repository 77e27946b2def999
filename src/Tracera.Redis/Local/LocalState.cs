using System.Collections.Concurrent;

namespace Tracera.Redis;

/// <summary>What a shard holds, and the place of the stream up to which every update is in it.</summary>
/// <param name="Point">The place.</param>
/// <param name="Items">The items; those of another state where nothing was missed between the two.</param>
internal sealed record LocalState(StreamPoint Point, ConcurrentDictionary<ItemId, LocalItem> Items)
{
    /// <summary>Whether everything is in it that Redis has.</summary>
    public bool Covers(StreamPoint located) => Point.Epoch == located.Epoch && Point.Offset >= located.Offset;
}
