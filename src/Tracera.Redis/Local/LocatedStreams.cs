namespace Tracera.Redis;

/// <summary>Where every stream stands in Redis.</summary>
internal sealed class LocatedStreams
{
    private readonly StreamPoint?[] _points;

    /// <param name="points">Of every shard its place; null where the stream has not begun.</param>
    public LocatedStreams(StreamPoint?[] points)
    {
        _points = points;
        Position = points.OfType<StreamPoint>().Aggregate(StreamPosition.Empty, static (position, point) => position.With(point));
    }

    public StreamPosition Position { get; }

    public StreamPoint? this[int shard] => _points[shard];

    public bool Equals(ReadOnlySpan<StreamPoint?> points) => _points.AsSpan().SequenceEqual(points);
}
