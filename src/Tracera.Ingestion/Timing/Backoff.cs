namespace Tracera.Ingestion;

/// <summary>A pure schedule of pauses after failures: doubling up to a ceiling, of which the upper half is left to chance.</summary>
internal static class Backoff
{
    private const int MaxDoublings = 40;

    /// <summary>The pause after so many failures in a row.</summary>
    /// <param name="failures">1 or more.</param>
    /// <param name="minimum">The ceiling after the first failure.</param>
    /// <param name="maximum">The highest ceiling.</param>
    /// <param name="sample">Chance, 0 to 1.</param>
    /// <returns>Between half of the ceiling and the ceiling.</returns>
    public static TimeSpan After(int failures, TimeSpan minimum, TimeSpan maximum, double sample)
    {
        var doubled = minimum.Ticks * Math.Pow(2, Math.Clamp(failures - 1, 0, MaxDoublings));
        var ceiling = Math.Min(doubled, maximum.Ticks);
        return TimeSpan.FromTicks(Math.Max(1, (long)(ceiling * (0.5 + (Math.Clamp(sample, 0, 1) / 2)))));
    }
}
