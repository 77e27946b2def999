using Tracera.Shared;

namespace Tracera;

/// <summary>One tick in the form of <see cref="BatchCodec"/>, told as the difference to the tick before.</summary>
internal static class TickCodec
{
    public const int MinBytes = 6;
    public const int MaxBytes = (4 * Varint.MaxBytes) + (2 * (1 + Varint.MaxMantissaBytes));
    private const int MaxScale = 28;
    private const byte ScaleBits = 0x1F;
    private const byte Negative = 0x20;
    private const byte HasVolume = 0x40;
    private const byte Unknown = 0x80;

    public static int Write(Span<byte> target, in PriceTick tick, in PriceTick previous)
    {
        var at = Varint.WriteSigned(target, (long)tick.Item.Value - previous.Item.Value);
        at += Varint.WriteSigned(target[at..], (long)tick.Source.Value - previous.Source.Value);
        at += Varint.WriteSigned(target[at..], unchecked(tick.ObservedAtMicroseconds - previous.ObservedAtMicroseconds));
        at += Varint.WriteSigned(target[at..], unchecked(tick.ReceivedAtMicroseconds - previous.ReceivedAtMicroseconds));
        at += WriteDecimal(target[at..], tick.Price, tick.Volume is null ? (byte)0 : HasVolume);
        return tick.Volume is { } volume ? at + WriteDecimal(target[at..], volume, 0) : at;
    }

    public static PriceTick Read(ref BatchReader reader, in PriceTick previous)
    {
        var item = ReadId(ref reader, previous.Item.Value, "item");
        var source = ReadId(ref reader, previous.Source.Value, "source");
        var observedAt = unchecked(previous.ObservedAtMicroseconds + reader.ReadSigned("observed time"));
        var receivedAt = unchecked(previous.ReceivedAtMicroseconds + reader.ReadSigned("received time"));
        var price = ReadDecimal(ref reader, HasVolume, "price", out var flags);
        decimal? volume = (flags & HasVolume) != 0 ? ReadDecimal(ref reader, 0, "volume", out _) : null;
        return new PriceTick(new ItemId(item), new SourceId(source), price, volume, observedAt, receivedAt);
    }

    private static int ReadId(ref BatchReader reader, int previous, string what)
    {
        var id = unchecked(previous + reader.ReadSigned(what));
        return id is >= int.MinValue and <= int.MaxValue ? (int)id : throw new FormatException($"The {what} {id} is beyond 32 bits.");
    }

    private static int WriteDecimal(Span<byte> target, decimal value, byte flags)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var low = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        target[0] = (byte)(flags | value.Scale | (bits[3] < 0 ? Negative : 0));
        var mantissa = bits[2] == 0 ? Varint.Write(target[1..], low) : Varint.Write(target[1..], new UInt128((uint)bits[2], low));
        return 1 + mantissa;
    }

    private static decimal ReadDecimal(ref BatchReader reader, byte allowed, string what, out byte flags)
    {
        flags = reader.ReadByte(what);
        var scale = flags & ScaleBits;
        if (scale > MaxScale || (flags & Unknown) != 0 || (flags & HasVolume & ~allowed) != 0)
        {
            throw new FormatException($"The {what} begins with {flags:x2}, which is no scale and sign.");
        }

        var mantissa = reader.ReadMantissa(what);
        return new decimal((int)(uint)(mantissa & uint.MaxValue), (int)(uint)((mantissa >> 32) & uint.MaxValue), (int)(uint)(mantissa >> 64), (flags & Negative) != 0, (byte)scale);
    }
}
