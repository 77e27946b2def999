using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Tracera;

/// <summary>A sliding span of time made of whole buckets of one level, the current partial one included.</summary>
public sealed class Window
{
    private Window(int index, string name, BarLevel level, int buckets)
    {
        Index = index;
        Name = name;
        Level = level;
        Buckets = buckets;
    }

    /// <summary>One hour: 60 buckets of one minute.</summary>
    public static Window Hour1 { get; } = new(0, "1h", BarLevel.Minute1, 60);

    /// <summary>One day: 96 buckets of fifteen minutes.</summary>
    public static Window Day1 { get; } = new(1, "24h", BarLevel.Minute15, 96);

    /// <summary>Seven days: 168 buckets of one hour.</summary>
    public static Window Day7 { get; } = new(2, "7d", BarLevel.Hour1, 168);

    /// <summary>Thirty days: 120 buckets of six hours.</summary>
    public static Window Day30 { get; } = new(3, "30d", BarLevel.Hour6, 120);

    /// <summary>Every window, the shortest first.</summary>
    public static ImmutableArray<Window> All { get; } = [Hour1, Day1, Day7, Day30];

    /// <summary>The window's place in <see cref="All"/>.</summary>
    public int Index { get; }

    /// <summary>The name: <c>1h</c>, <c>24h</c>, <c>7d</c> or <c>30d</c>.</summary>
    public string Name { get; }

    /// <summary>The level whose buckets make the window.</summary>
    public BarLevel Level { get; }

    /// <summary>How many buckets it has.</summary>
    public int Buckets { get; }

    /// <summary>The window's length.</summary>
    public TimeSpan Length => Level.Width() * Buckets;

    /// <summary>How many of its buckets make a year of 365 days.</summary>
    public double BucketsPerYear => TimeSpan.FromDays(365) / Level.Width();

    /// <summary>Finds a window by its name.</summary>
    /// <param name="name">The name, or null.</param>
    /// <param name="window">The window, or null.</param>
    /// <returns>Whether there is one of that name.</returns>
    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out Window? window)
    {
        window = All.FirstOrDefault(candidate => candidate.Name == name);
        return window is not null;
    }

    /// <summary>The start of the window's first bucket.</summary>
    /// <param name="now">The present, which lies in the last bucket.</param>
    /// <returns>The first instant inside the window.</returns>
    public DateTimeOffset StartAt(DateTimeOffset now) => Level.Floor(now) - (Level.Width() * (Buckets - 1));

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
