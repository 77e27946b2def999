namespace Tracera.Providers;

/// <summary>The logarithm of an item's price relative to its usual one, as a function of time: nothing is stored, so a restart and a replay see the same prices.</summary>
/// <remarks>
/// Geometric Brownian motion that is pulled back in the long run: a sum of interpolated random lattices, each four times as wide as the one
/// before and of twice its amplitude, has increments whose variance grows in proportion to time from a quarter of a second to days (the variance of a
/// step of d seconds is 2d units within 4%) and is bounded beyond. Volatility changes because the path is read by a clock that runs by turns fast and slow:
/// in every block of <see cref="RegimeSeconds"/> it runs at another speed between 0 and 4, one on average.
/// </remarks>
internal static class SimulatedPath
{
    private const int Octaves = 11;
    private const double NarrowestSeconds = 0.25;
    private const double Widening = 4;
    private const double VarianceOfASecond = 2;
    private const double SecondsPerHour = 3_600;
    private const double ShortRegimeSeconds = 600;
    private const double RegimeSeconds = 14_400;

    /// <summary>The logarithmic deviation at an instant.</summary>
    /// <param name="key">The item's key.</param>
    /// <param name="seconds">Seconds since any fixed instant.</param>
    /// <param name="volatility">The standard deviation of an hour's return.</param>
    public static double DeviationAt(ulong key, double seconds, double volatility)
    {
        var t = Warp(key ^ 0xA5A5, Warp(key ^ 0x5A5A, seconds, RegimeSeconds), ShortRegimeSeconds);
        var (sum, width, amplitude) = (0.0, NarrowestSeconds, Math.Sqrt(NarrowestSeconds));
        for (var octave = 1; octave <= Octaves; octave++)
        {
            var octaveKey = SimulatedNoise.Hash(key, octave);
            var at = t / width;
            var left = (long)Math.Floor(at);
            var part = at - left;
            sum += amplitude * (((1 - part) * SimulatedNoise.Normal(octaveKey, left)) + (part * SimulatedNoise.Normal(octaveKey, left + 1)));
            width *= Widening;
            amplitude *= Math.Sqrt(Widening);
        }

        return sum * volatility / Math.Sqrt(VarianceOfASecond * SecondsPerHour);
    }

    // Shifts every border between blocks by up to one block, so that time still runs forwards, at a speed of 0 to 2.
    private static double Warp(ulong key, double seconds, double block)
    {
        var at = seconds / block;
        var left = (long)Math.Floor(at);
        var part = at - left;
        return (at + ((1 - part) * SimulatedNoise.Uniform(key, left)) + (part * SimulatedNoise.Uniform(key, left + 1))) * block;
    }
}
