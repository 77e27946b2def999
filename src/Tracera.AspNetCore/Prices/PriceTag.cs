using System.Buffers;
using System.Buffers.Binary;
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
    private const int RowBytes = 64;

    public static string Of(LatestReading reading)
    {
        var size = 1 + (RowBytes * reading.Prices.Count);
        var memory = ArrayPool<byte>.Shared.Rent(size);
        var rows = memory.AsSpan(0, size);
        rows.Clear();
        rows[0] = reading.Stale ? (byte)1 : (byte)0;
        for (var i = 0; i < reading.Prices.Count; i++)
        {
            Write(rows.Slice(1 + (RowBytes * i), RowBytes), reading.Prices[i].Tick);
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(rows, hash);
        ArrayPool<byte>.Shared.Return(memory);
        return $"W/\"{Convert.ToHexStringLower(hash[..TagBytes])}\"";
    }

    private static void Write(Span<byte> row, in PriceTick tick)
    {
        BinaryPrimitives.WriteInt32LittleEndian(row, tick.Item.Value);
        BinaryPrimitives.WriteInt32LittleEndian(row[4..], tick.Source.Value);
        BinaryPrimitives.WriteInt64LittleEndian(row[8..], tick.ObservedAtMicroseconds);
        BinaryPrimitives.WriteInt64LittleEndian(row[16..], tick.ReceivedAtMicroseconds);
        Write(row[24..], tick.Price);
        row[40] = tick.Volume is null ? (byte)0 : (byte)1;
        Write(row[44..], tick.Volume ?? 0m);
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
