using System.Numerics;

namespace Tracera.Sqlite;

/// <summary>Writes and reads exact sums as bytes: the scale, then five numbers, each as its length and its two's complement, the lowest byte first.</summary>
internal static class SumsCodec
{
    public const int MaxLength = 1 + (5 * (1 + MaxNumber));
    private const int MaxNumber = 127;

    public static int Write(in BarSums sums, Span<byte> target)
    {
        target[0] = (byte)sums.Scale;
        var at = 1;
        Write(sums.Price, target, ref at);
        Write(sums.PriceSquared, target, ref at);
        Write(sums.Time, target, ref at);
        Write(sums.TimeSquared, target, ref at);
        Write(sums.TimePrice, target, ref at);
        return at;
    }

    public static BarSums Read(long count, ReadOnlySpan<byte> source)
    {
        var at = 1;
        return new BarSums(
            count, source[0], Read(source, ref at), Read(source, ref at), Read(source, ref at), Read(source, ref at), Read(source, ref at));
    }

    private static void Write(BigInteger number, Span<byte> target, ref int at)
    {
        number.TryWriteBytes(target.Slice(at + 1, MaxNumber), out var length);
        target[at] = (byte)length;
        at += 1 + length;
    }

    private static BigInteger Read(ReadOnlySpan<byte> source, ref int at)
    {
        var number = new BigInteger(source.Slice(at + 1, source[at]));
        at += 1 + source[at];
        return number;
    }
}
