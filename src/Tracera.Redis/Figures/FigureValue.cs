using System.Buffers;
using System.Buffers.Binary;

namespace Tracera.Redis;

/// <summary>Figures as they stand in a hash: the instant they were computed at, by which the script compares, and what <see cref="FigureWire"/> writes.</summary>
internal static class FigureValue
{
    public static byte[] Write(VolatilitySnapshot snapshot)
    {
        var output = new ArrayBufferWriter<byte>();
        BinaryPrimitives.WriteInt64BigEndian(output.GetSpan(sizeof(long)), snapshot.ComputedAt.UtcTicks);
        output.Advance(sizeof(long));
        FigureWire.Write([snapshot], output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Reads figures; null for what is none.</summary>
    public static VolatilitySnapshot? Read(byte[]? bytes)
    {
        var reader = new WireReader(bytes);
        _ = reader.ReadInt64();
        return FigureWire.Read(ref reader, 1)?[0];
    }
}
