using System.Numerics;

namespace Tracera.Postgres;

/// <summary>Computes the moments of a bar as <see cref="BarSums.ToMoments"/> does, to the same bit, where every step fits 127 bits: without a big number for a step.</summary>
internal ref struct SmallMoments
{
    private const int Bits = 126;
    private const long ExactBelow = 1L << 53;
    private const double Second = UnixTime.MicrosecondsPerSecond;
    private bool _fits;

    /// <summary>Computes, unless something does not fit.</summary>
    /// <param name="count">n.</param>
    /// <param name="x">Σx, whose scale is that of the prices.</param>
    /// <param name="xx">Σx².</param>
    /// <param name="times">Σt, Σt² and Σt·x, with t counted from another start than the bar's.</param>
    /// <param name="shift">How much later that start is than the bar's, in microseconds.</param>
    /// <param name="open">The bar's open price.</param>
    /// <param name="moments">The moments.</param>
    /// <returns>Whether all fits.</returns>
    public static bool TryOf(
        long count, WireNumeric x, WireNumeric xx, (Int128 T, Int128 Tt, Int128 Tx) times, long shift, decimal open, out BarMoments moments)
    {
        moments = default;
        if (open.Scale > x.Scale || x.Scale > 18 || !x.TryToUnits(out var sx) || !xx.TryToUnits(out var sxx))
        {
            return false;
        }

        var math = new SmallMoments { _fits = true };
        var (n, d, unit) = ((Int128)count, (Int128)shift, Math.Pow(10, x.Scale));
        var st = times.T + math.Times(n, d);
        var stt = times.Tt + math.Times(2 * d, times.T) + math.Times(math.Times(n, d), d);
        var stx = times.Tx + math.Times(d, sx);
        var first = math.Times(n, Units(open, x.Scale));
        moments = new BarMoments(
            count,
            ToDouble(sx - first) / count / unit,
            ToDouble(math.Times(n, sxx) - math.Times(sx, sx)) / count / unit / unit,
            ToDouble(st) / count / Second,
            ToDouble(math.Times(n, stt) - math.Times(st, st)) / count / Second / Second,
            ToDouble(math.Times(n, stx) - math.Times(st, sx)) / count / unit / Second);
        return math._fits;
    }

    private static Int128 Units(decimal value, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = (Int128)new UInt128((uint)bits[2], (uint)bits[0] | ((ulong)(uint)bits[1] << 32));
        for (var i = (int)value.Scale; i < scale; i++)
        {
            mantissa *= 10;
        }

        return value < 0 ? -mantissa : mantissa;
    }

    // What a double holds exactly needs no rounding; the rest is left to the conversion that the sums use.
    private static double ToDouble(Int128 value) => Int128.Abs(value) <= ExactBelow ? (long)value : (double)(BigInteger)value;

    private static int Length(Int128 value) => 128 - (int)Int128.LeadingZeroCount(Int128.Abs(value));

    private Int128 Times(Int128 left, Int128 right)
    {
        _fits &= Length(left) + Length(right) <= Bits;
        return left * right;
    }
}
