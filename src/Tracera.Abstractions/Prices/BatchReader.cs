using Tracera.Shared;

namespace Tracera;

/// <summary>Reads the parts of an encoded batch one after the other and refuses what is not there.</summary>
internal ref struct BatchReader(ReadOnlySpan<byte> bytes)
{
    private const int BitsPerByte = 7;
    private const byte Bits = 0x7F;
    private readonly int _length = bytes.Length;
    private ReadOnlySpan<byte> _rest = bytes;

    public byte ReadByte(string what) => ReadBytes(1, what)[0];

    public Guid ReadGuid(string what) => new(ReadBytes(BatchCodec.GuidBytes, what));

    public ReadOnlySpan<byte> ReadBytes(int count, string what)
    {
        if (count > _rest.Length)
        {
            throw new FormatException($"The batch is cut off at byte {_length - _rest.Length}, in the {what}.");
        }

        var read = _rest[..count];
        _rest = _rest[count..];
        return read;
    }

    public ulong ReadNumber(string what) => (ulong)ReadNumber(64, what);

    public long ReadSigned(string what) => Varint.Unzigzag(ReadNumber(what));

    public UInt128 ReadMantissa(string what) => ReadNumber(96, what);

    /// <summary>Reads how many elements follow, and refuses more than the bytes that are left can hold.</summary>
    public int ReadCount(int bytesEach, string what)
    {
        var count = ReadNumber(what);
        return count <= (ulong)(_rest.Length / bytesEach)
            ? (int)count
            : throw new FormatException($"The batch says {count} as the {what}, but only {_rest.Length} bytes follow.");
    }

    public readonly void RequireEnd()
    {
        if (!_rest.IsEmpty)
        {
            throw new FormatException($"{_rest.Length} bytes follow after the end of the batch.");
        }
    }

    private UInt128 ReadNumber(int maxBits, string what)
    {
        if (!_rest.IsEmpty && _rest[0] <= Bits)
        {
            return ReadByte(what);
        }

        UInt128 value = 0;
        for (var shift = 0; shift < maxBits; shift += BitsPerByte)
        {
            var next = ReadByte(what);
            value |= (UInt128)(next & Bits) << shift;
            if (next <= Bits && value >> maxBits == 0)
            {
                return value;
            }
        }

        throw new FormatException($"The {what} before byte {_length - _rest.Length} has more than {maxBits} bits.");
    }
}
