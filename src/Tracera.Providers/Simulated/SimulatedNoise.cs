namespace Tracera.Providers;

/// <summary>Randomness as a function: the same key and index always give the same number, on every machine and without state.</summary>
internal static class SimulatedNoise
{
    private const double UnitOf53Bits = 1.0 / (1L << 53);

    /// <summary>A well-mixed hash (SplitMix64, Steele, Lea and Flood 2014).</summary>
    public static ulong Hash(ulong key, long index)
    {
        var z = key + (unchecked((ulong)index) * 0x9E37_79B9_7F4A_7C15UL);
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0, included, to 1, excluded.</summary>
    public static double Uniform(ulong key, long index) => (Hash(key, index) >> 11) * UnitOf53Bits;

    /// <summary>Nearly a standard normal number: the sum of four uniform ones (Irwin–Hall), whose variance is 4/12.</summary>
    public static double Normal(ulong key, long index)
    {
        const double Unit = 1.0 / 65_536;
        var h = Hash(key, index);
        var sum = ((h & 0xFFFF) + ((h >> 16) & 0xFFFF) + ((h >> 32) & 0xFFFF) + (h >> 48) + 2) * Unit;
        return (sum - 2) * 1.732_050_807_568_877_2;
    }
}
