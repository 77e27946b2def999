namespace Tracera.Shared;

/// <summary>Numbers of variable length: LEB128, seven bits a byte and the lowest first; signed ones zigzag.</summary>
internal static class Varint
{
    public const int MaxBytes = 10;
    public const int MaxMantissaBytes = 14;
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

    public static int WriteSigned(Span<byte> target, long value) => Write(target, (ulong)((value << 1) ^ (value >> 63)));

    public static long Unzigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
