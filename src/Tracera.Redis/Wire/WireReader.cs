using System.Buffers.Binary;

namespace Tracera.Redis;

/// <summary>Reads what came from Redis, which may be anything: what is not there reads as zero, and <see cref="IsBroken"/> says so in the end.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    private const int BitsPerByte = 7;
    private const byte Bits = 0x7F;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether something was missing or no number.</summary>
    public bool IsBroken { get; private set; }

    public readonly int Left => _rest.Length;

    public readonly bool IsAtEnd => _rest.IsEmpty && !IsBroken;

    public byte ReadByte()
    {
        var read = ReadBytes(1);
        return read.IsEmpty ? (byte)0 : read[0];
    }

    public long ReadInt64()
    {
        var read = ReadBytes(sizeof(long));
        return read.IsEmpty ? 0 : BinaryPrimitives.ReadInt64BigEndian(read);
    }

    public uint ReadUInt32()
    {
        var read = ReadBytes(sizeof(uint));
        return read.IsEmpty ? 0 : BinaryPrimitives.ReadUInt32BigEndian(read);
    }

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadInt64());

    /// <summary>Reads a number that is 0 or more and has at most 31 bits.</summary>
    public int ReadId()
    {
        var value = ReadNumber(32);
        if (value > int.MaxValue)
        {
            Break();
        }

        return IsBroken ? 0 : (int)value;
    }

    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count > _rest.Length)
        {
            Break();
            return default;
        }

        var read = _rest[..count];
        _rest = _rest[count..];
        return read;
    }

    public UInt128 ReadNumber(int maxBits)
    {
        UInt128 value = 0;
        for (var shift = 0; shift < maxBits; shift += BitsPerByte)
        {
            var next = ReadByte();
            value |= (UInt128)(next & Bits) << shift;
            if (next <= Bits && value >> maxBits == 0)
            {
                return value;
            }
        }

        Break();
        return 0;
    }

    public void Break()
    {
        IsBroken = true;
        _rest = default;
    }
}
