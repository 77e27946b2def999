using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Tracera;

/// <summary>The widths, names and borders of the levels.</summary>
/// <remarks>Buckets are aligned to UTC, counted from Monday 2000-01-03, so that days begin at midnight and weeks on Monday.</remarks>
public static class BarLevels
{
    private const long Minute = 60 * UnixTime.MicrosecondsPerSecond;
    private const long Origin = 946_857_600 * UnixTime.MicrosecondsPerSecond;
    private static readonly ImmutableArray<long> Widths = [Minute, 15 * Minute, 60 * Minute, 360 * Minute, 1_440 * Minute, 10_080 * Minute];
    private static readonly ImmutableArray<string> Names = ["1m", "15m", "1h", "6h", "1d", "7d"];

    /// <summary>Every level, the narrowest first.</summary>
    public static ImmutableArray<BarLevel> All { get; } =
        [BarLevel.Minute1, BarLevel.Minute15, BarLevel.Hour1, BarLevel.Hour6, BarLevel.Day1, BarLevel.Day7];

    /// <summary>The width of a bucket.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The width.</returns>
    public static TimeSpan Width(this BarLevel level) => TimeSpan.FromMicroseconds(level.WidthMicroseconds());

    /// <summary>The width of a bucket in microseconds.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The width.</returns>
    public static long WidthMicroseconds(this BarLevel level) => Widths[(int)level];

    /// <summary>The level's name: <c>1m</c>, <c>15m</c>, <c>1h</c>, <c>6h</c>, <c>1d</c> or <c>7d</c>.</summary>
    /// <param name="level">The level.</param>
    /// <returns>The name.</returns>
    public static string Name(this BarLevel level) => Names[(int)level];

    /// <summary>The start of the bucket that holds an instant.</summary>
    /// <param name="level">The level.</param>
    /// <param name="microseconds">Microseconds since 1970-01-01 UTC.</param>
    /// <returns>The bucket's start, in the same unit.</returns>
    public static long Floor(this BarLevel level, long microseconds)
    {
        var rest = (microseconds - Origin) % level.WidthMicroseconds();
        return microseconds - (rest < 0 ? rest + level.WidthMicroseconds() : rest);
    }

    /// <summary>The start of the bucket that holds an instant.</summary>
    /// <param name="level">The level.</param>
    /// <param name="instant">The instant.</param>
    /// <returns>The bucket's start.</returns>
    public static DateTimeOffset Floor(this BarLevel level, DateTimeOffset instant) =>
        UnixTime.FromMicroseconds(level.Floor(UnixTime.ToMicroseconds(instant)));

    /// <summary>Finds a level by its name.</summary>
    /// <param name="name">The name, or null.</param>
    /// <param name="level">The level, or the default.</param>
    /// <returns>Whether there is one of that name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, out BarLevel level)
    {
        var index = name is null ? -1 : Names.IndexOf(name);
        level = (BarLevel)Math.Max(index, 0);
        return index >= 0;
    }
}
