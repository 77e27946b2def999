using System.Buffers.Text;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Tracera;

/// <summary>A place in the stream of every shard that a reader follows; opaque to clients.</summary>
/// <remarks>Immutable. The text is URL-safe; a client hands it back to go on where it left off.</remarks>
public sealed class StreamPosition
{
    private const int MaxTextLength = 4_096;
    private readonly ImmutableSortedDictionary<int, StreamPoint> _points;
    private string? _text;

    private StreamPosition(ImmutableSortedDictionary<int, StreamPoint> points) => _points = points;

    /// <summary>The position that knows no shard.</summary>
    public static StreamPosition Empty { get; } = new(ImmutableSortedDictionary<int, StreamPoint>.Empty);

    /// <summary>The shards' places, in ascending order of shard.</summary>
    public IEnumerable<StreamPoint> Points => _points.Values;

    /// <summary>Reads a position from its text.</summary>
    /// <param name="text">What <see cref="ToString"/> gave, or null.</param>
    /// <param name="position">The position, or null.</param>
    /// <returns>Whether the text is a position.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out StreamPosition? position)
    {
        position = null;
        if (string.IsNullOrEmpty(text) || text.Length > MaxTextLength || !Base64Url.IsValid(text))
        {
            return false;
        }

        var points = ImmutableSortedDictionary.CreateBuilder<int, StreamPoint>();
        foreach (var entry in Encoding.ASCII.GetString(Base64Url.DecodeFromChars(text)).Split(','))
        {
            if (!TryParsePoint(entry, out var point))
            {
                return false;
            }

            points[point.Shard] = point;
        }

        position = new StreamPosition(points.ToImmutable());
        return true;
    }

    /// <summary>This position with one shard's place replaced.</summary>
    /// <param name="point">The place.</param>
    /// <returns>The new position.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The shard or the offset is below zero.</exception>
    public StreamPosition With(StreamPoint point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point.Shard, nameof(point));
        ArgumentOutOfRangeException.ThrowIfNegative(point.Offset, nameof(point));
        return new StreamPosition(_points.SetItem(point.Shard, point));
    }

    /// <summary>The place of a shard.</summary>
    /// <param name="shard">The shard.</param>
    /// <returns>Its place, or null when this position does not know it.</returns>
    public StreamPoint? Find(int shard) => _points.TryGetValue(shard, out var point) ? point : null;

    /// <summary>The position as URL-safe text; empty for <see cref="Empty"/>.</summary>
    public override string ToString() => _text ??=
        Base64Url.EncodeToString(Encoding.ASCII.GetBytes(string.Join(',', _points.Values.Select(Format))));

    private static string Format(StreamPoint point) =>
        string.Create(CultureInfo.InvariantCulture, $"{point.Shard}.{point.Epoch:x}.{point.Offset}");

    private static bool TryParsePoint(string entry, out StreamPoint point)
    {
        point = default;
        var parts = entry.Split('.');
        if (parts.Length != 3
            || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var shard)
            || !long.TryParse(parts[1], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var epoch)
            || !long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return false;
        }

        point = new StreamPoint(shard, epoch, offset);
        return true;
    }
}
