namespace Tracera.Volatility.Streaming;

/// <summary>The rings of a series: one for each window, the shortest first.</summary>
internal static class RingLayout
{
    /// <summary>How many windows there are.</summary>
    public const int Windows = 4;

    /// <summary>How many buckets a series has: 60 + 96 + 168 + 120.</summary>
    public const int Buckets = 444;

    private static readonly int[] Lengths = [60, 96, 168, 120];
    private static readonly long[] WidthsMicroseconds = [60_000_000, 900_000_000, 3_600_000_000, 21_600_000_000];

    /// <summary>How many buckets a window has.</summary>
    public static int Length(int window) => Lengths[window];

    /// <summary>The width of a window's buckets in microseconds; days begin with a bucket of each.</summary>
    public static long Width(int window) => WidthsMicroseconds[window];

    /// <summary>The number of the bucket that holds an instant, counted from 1970.</summary>
    public static long IndexOf(int window, long microseconds) => window switch
    {
        0 => microseconds / 60_000_000,
        1 => microseconds / 900_000_000,
        2 => microseconds / 3_600_000_000,
        _ => microseconds / 21_600_000_000,
    };
}
