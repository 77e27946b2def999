namespace Tracera.Redis;

/// <summary>Writes numbers for Redis: LEB128, seven bits a byte and the lowest first.</summary>
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
}
