using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Tracera.Postgres;

/// <summary>PostgreSQL's binary COPY format (manual, COPY, "Binary Format") of the table of ticks.</summary>
internal static class CopyFormat
{
    /// <summary>The columns in the order in which <see cref="WriteRow"/> writes them.</summary>
    public const string Columns = "observed_at, item_id, source_id, price, volume, received_at";

    /// <summary>The most bytes that a row takes.</summary>
    public const int MaxRowBytes = PriceAt + (2 * (4 + NumericFormat.MaxBytes)) + 12;

    private const short ColumnCount = 6;
    private const int PriceAt = 2 + 12 + 8 + 8;
    private const long MicrosecondsTo2000 = 946_684_800L * UnixTime.MicrosecondsPerSecond;

    /// <summary>What stands before the first row: the signature, no flags, no extension.</summary>
    public static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>What stands after the last row.</summary>
    public static ReadOnlySpan<byte> Trailer => [0xFF, 0xFF];

    /// <summary>Writes a row.</summary>
    /// <param name="to">At least <see cref="MaxRowBytes"/> bytes.</param>
    /// <param name="tick">The row.</param>
    /// <returns>How many bytes were written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is too little room.</exception>
    public static int WriteRow(Span<byte> to, in PriceTick tick)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to.Length, MaxRowBytes);

        // The room is checked once, above: every place below lies within it.
        ref var start = ref MemoryMarshal.GetReference(to);
        Put(ref start, ColumnCount);
        Put(ref Unsafe.Add(ref start, 2), sizeof(long), tick.ObservedAtMicroseconds - MicrosecondsTo2000);
        Put(ref Unsafe.Add(ref start, 14), ((long)sizeof(int) << 32) | (uint)tick.Item.Value);
        Put(ref Unsafe.Add(ref start, 22), ((long)sizeof(int) << 32) | (uint)tick.Source.Value);
        var at = PriceAt + PutNumeric(ref Unsafe.Add(ref start, PriceAt), tick.Price);
        if (tick.Volume is { } volume)
        {
            at += PutNumeric(ref Unsafe.Add(ref start, at), volume);
        }
        else
        {
            Put(ref Unsafe.Add(ref start, at), -1);
            at += sizeof(int);
        }

        Put(ref Unsafe.Add(ref start, at), sizeof(long), tick.ReceivedAtMicroseconds - MicrosecondsTo2000);
        return at + sizeof(int) + sizeof(long);
    }

    private static int PutNumeric(ref byte to, decimal value)
    {
        var length = NumericFormat.Write(ref Unsafe.Add(ref to, sizeof(int)), value);
        Put(ref to, length);
        return sizeof(int) + length;
    }

    private static void Put(ref byte to, int length, long value)
    {
        Put(ref to, length);
        Put(ref Unsafe.Add(ref to, sizeof(int)), value);
    }

    private static void Put(ref byte to, short value) => Unsafe.WriteUnaligned(ref to, BinaryPrimitives.ReverseEndianness(value));

    private static void Put(ref byte to, int value) => Unsafe.WriteUnaligned(ref to, BinaryPrimitives.ReverseEndianness(value));

    private static void Put(ref byte to, long value) => Unsafe.WriteUnaligned(ref to, BinaryPrimitives.ReverseEndianness(value));
}
