using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Tracera.AspNetCore;

/// <summary>The entity tag of latest prices.</summary>
/// <remarks>
/// Weak (RFC 9110, 8.8.1): two answers with one tag hold the same prices. The position is not part of it, since it moves with every price of every
/// item, and an older one is as good a place to go on from.
/// </remarks>
internal static class PriceTag
{
    private const int TagBytes = 16;

    public static string Of(LatestReading reading)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([reading.Stale ? (byte)1 : (byte)0]);
        Span<byte> row = stackalloc byte[64];
        foreach (var (tick, _) in reading.Prices)
        {
            row.Clear();
            BinaryPrimitives.WriteInt32LittleEndian(row, tick.Item.Value);
            BinaryPrimitives.WriteInt32LittleEndian(row[4..], tick.Source.Value);
            BinaryPrimitives.WriteInt64LittleEndian(row[8..], tick.ObservedAtMicroseconds);
            BinaryPrimitives.WriteInt64LittleEndian(row[16..], tick.ReceivedAtMicroseconds);
            Write(row[24..], tick.Price);
            row[40] = tick.Volume is null ? (byte)0 : (byte)1;
            Write(row[44..], tick.Volume ?? 0m);
            hash.AppendData(row);
        }

        return string.Create(CultureInfo.InvariantCulture, $"W/\"{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, TagBytes))}\"");
    }

    private static void Write(Span<byte> target, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        for (var i = 0; i < bits.Length; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(target[(i * sizeof(int))..], bits[i]);
        }
    }
}
