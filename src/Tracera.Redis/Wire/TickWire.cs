using System.Buffers.Binary;
using Tracera.Shared;

namespace Tracera.Redis;

/// <summary>A tick as it stands in the hash and on the channel: at most <see cref="MaxBytes"/> bytes, and most often less than 30.</summary>
/// <remarks>
/// Observed and received time (each an IEEE double of microseconds, 8 bytes, so that a script can compare them; exact from 1684 to 2255), item and source (LEB128), price and volume without trailing zeros (a byte of scale and flags, the
/// mantissa in LEB128), and two bytes that say how many zeros the price and the volume had. Two ticks of one series and instant are the same where all but the
/// received time and the zeros are: that is how the script compares them.
/// </remarks>
internal static class TickWire
{
    public const int MaxBytes = 16 + (2 * 5) + (2 * MaxDecimalBytes) + 2;
    public const int MinBytes = 16 + 2 + 2 + 2;
    private const long MaxExact = 1L << 53;
    private const int MaxDecimalBytes = 1 + 14;
    private const int MaxScale = 28;
    private const byte ScaleBits = 0x1F;
    private const byte Negative = 0x20;
    private const byte HasVolume = 0x40;

    /// <summary>Whether the times of a tick can be written exactly.</summary>
    public static bool CanWrite(in PriceTick tick) => IsExact(tick.ObservedAtMicroseconds) && IsExact(tick.ReceivedAtMicroseconds);

    public static int Write(Span<byte> target, in PriceTick tick)
    {
        var at = 2 * sizeof(double);
        BinaryPrimitives.WriteDoubleBigEndian(target, tick.ObservedAtMicroseconds);
        BinaryPrimitives.WriteDoubleBigEndian(target[sizeof(double)..], tick.ReceivedAtMicroseconds);
        at += Varint.Write(target[at..], (ulong)(uint)tick.Item.Value);
        at += Varint.Write(target[at..], (ulong)(uint)tick.Source.Value);
        at += WriteDecimal(target[at..], tick.Price, tick.Volume is null ? (byte)0 : HasVolume, out var priceZeros);
        var volumeZeros = 0;
        if (tick.Volume is { } volume)
        {
            at += WriteDecimal(target[at..], volume, 0, out volumeZeros);
        }

        target[at++] = (byte)priceZeros;
        target[at++] = (byte)volumeZeros;
        return at;
    }

    public static PriceTick Read(ref WireReader reader)
    {
        var observedAt = ReadTime(ref reader);
        var receivedAt = ReadTime(ref reader);
        var item = reader.ReadId();
        var source = reader.ReadId();
        var (priceFlags, price) = (reader.ReadByte(), reader.ReadNumber(96));
        var hasVolume = (priceFlags & HasVolume) != 0;
        var (volumeFlags, volume) = hasVolume ? (reader.ReadByte(), reader.ReadNumber(96)) : ((byte)0, UInt128.Zero);
        var (priceZeros, volumeZeros) = (reader.ReadByte(), reader.ReadByte());
        return new PriceTick(
            new ItemId(item),
            new SourceId(source),
            MakeDecimal(ref reader, price, (byte)(priceFlags & ~HasVolume), priceZeros),
            hasVolume ? MakeDecimal(ref reader, volume, volumeFlags, volumeZeros) : null,
            observedAt,
            receivedAt);
    }

    private static bool IsExact(long microseconds) => microseconds is > -MaxExact and < MaxExact;

    private static long ReadTime(ref WireReader reader)
    {
        var microseconds = reader.ReadDouble();
        if (!(Math.Abs(microseconds) < MaxExact) || microseconds != Math.Truncate(microseconds))
        {
            reader.Break();
            return 0;
        }

        return (long)microseconds;
    }

    private static int WriteDecimal(Span<byte> target, decimal value, byte flags, out int zeros)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var mantissa = new UInt128((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        int scale = value.Scale;
        zeros = 0;
        if (bits[2] == 0)
        {
            var low = (ulong)mantissa;
            for (; scale > 0 && low % 10 == 0; low /= 10, scale--)
            {
                zeros++;
            }

            target[0] = (byte)(flags | scale | (bits[3] < 0 ? Negative : 0));
            return 1 + Varint.Write(target[1..], low);
        }

        for (; scale > 0 && mantissa % 10 == 0; mantissa /= 10, scale--)
        {
            zeros++;
        }

        target[0] = (byte)(flags | scale | (bits[3] < 0 ? Negative : 0));
        return 1 + Varint.Write(target[1..], mantissa);
    }

    private static decimal MakeDecimal(ref WireReader reader, UInt128 mantissa, byte flags, int zeros)
    {
        var scale = (flags & ScaleBits) + zeros;
        for (var i = 0; i < zeros && scale <= MaxScale; i++)
        {
            mantissa *= 10;
        }

        if ((flags & ~(ScaleBits | Negative)) != 0 || scale > MaxScale || mantissa >> 96 != 0)
        {
            reader.Break();
            return 0;
        }

        return new decimal(
            (int)(uint)(mantissa & uint.MaxValue), (int)(uint)((mantissa >> 32) & uint.MaxValue), (int)(uint)(mantissa >> 64), (flags & Negative) != 0, (byte)scale);
    }
}
