using System.Buffers.Binary;

namespace Tracera.Redis;

/// <summary>Writes numbers for Redis: LEB128, seven bits a byte and the lowest first, or eight bytes, the highest first.</summary>
internal static class WireNumber
{
    private const int BitsPerByte = 7;
    private const byte More = 0x80;

    public static int Write(Span<byte> target, ulong value)
    {
        var at = 0;
        for (; value >= More; value >>= BitsPerByte)
        {
            target[at++] = (byte)(value | More);
        }

        target[at++] = (byte)value;
        return at;
    }

    public static int Write(Span<byte> target, UInt128 value)
    {
        var at = 0;
        for (; value >= More; value >>= BitsPerByte)
        {
            target[at++] = (byte)((byte)(value & 0x7F) | More);
        }

        target[at++] = (byte)value;
        return at;
    }

    /// <summary>Writes a number so that its bytes sort as it does, also below zero.</summary>
    public static int WriteSortable(Span<byte> target, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(target, value ^ long.MinValue);
        return sizeof(long);
    }
}
