namespace Tracera.Volatility.Streaming;

/// <summary>The buckets of one ring that hold ticks, oldest first: where they lie in a <see cref="BucketPool"/>. 12 bytes.</summary>
internal struct BucketList
{
    /// <summary>The block; it means nothing while <see cref="Room"/> is 0.</summary>
    public int Block;

    /// <summary>How many buckets the block has room for; 0 when there is none.</summary>
    public short Room;

    /// <summary>The number of the room among <see cref="BucketPool"/>'s.</summary>
    public short Kind;

    /// <summary>Where in the block the oldest bucket stands.</summary>
    public short Oldest;

    /// <summary>How many buckets there are.</summary>
    public short Count;

    /// <summary>Where in the block a bucket stands.</summary>
    public readonly int PlaceOf(int index) => Oldest + index is var place && place < Room ? place : place - Room;
}
