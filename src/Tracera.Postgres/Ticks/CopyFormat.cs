using System.Buffers.Binary;

namespace Tracera.Postgres;

/// <summary>PostgreSQL's binary COPY format (manual, COPY, "Binary Format") of the table of ticks.</summary>
internal static class CopyFormat
{
    /// <summary>The columns in the order in which <see cref="WriteRow"/> writes them.</summary>
    public const string Columns = "observed_at, item_id, source_id, price, volume, received_at";

    /// <summary>The most bytes that a row takes, with its number.</summary>
    public const int MaxRowBytes = 2 + (3 * (4 + 4)) + (2 * (4 + 8)) + (2 * (4 + NumericFormat.MaxBytes));

    private const short ColumnCount = 6;
    private const long MicrosecondsTo2000 = 946_684_800L * UnixTime.MicrosecondsPerSecond;

    /// <summary>What stands before the first row: the signature, no flags, no extension.</summary>
    public static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', (byte)'\n', 0xFF, (byte)'\r', (byte)'\n', 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>What stands after the last row.</summary>
    public static ReadOnlySpan<byte> Trailer => [0xFF, 0xFF];

    /// <summary>Writes a row.</summary>
    /// <param name="to">At least <see cref="MaxRowBytes"/> bytes.</param>
    /// <param name="tick">The row.</param>
    /// <param name="number">A number to write before the columns, for the staging table; below zero for none.</param>
    /// <returns>How many bytes were written.</returns>
    public static int WriteRow(Span<byte> to, in PriceTick tick, int number = -1)
    {
        BinaryPrimitives.WriteInt16BigEndian(to, number < 0 ? ColumnCount : (short)(ColumnCount + 1));
        var at = 2;
        if (number >= 0)
        {
            at = WriteInt32(to, at, number);
        }

        at = WriteInstant(to, at, tick.ObservedAtMicroseconds);
        at = WriteInt32(to, at, tick.Item.Value);
        at = WriteInt32(to, at, tick.Source.Value);
        at = WriteNumeric(to, at, tick.Price);
        at = tick.Volume is { } volume ? WriteNumeric(to, at, volume) : WriteNull(to, at);
        return WriteInstant(to, at, tick.ReceivedAtMicroseconds);
    }

    private static int WriteInt32(Span<byte> to, int at, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(to[at..], sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(to[(at + 4)..], value);
        return at + 8;
    }

    private static int WriteInstant(Span<byte> to, int at, long microseconds)
    {
        BinaryPrimitives.WriteInt32BigEndian(to[at..], sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(to[(at + 4)..], microseconds - MicrosecondsTo2000);
        return at + 12;
    }

    private static int WriteNumeric(Span<byte> to, int at, decimal value)
    {
        var length = NumericFormat.Write(to[(at + 4)..], value);
        BinaryPrimitives.WriteInt32BigEndian(to[at..], length);
        return at + 4 + length;
    }

    private static int WriteNull(Span<byte> to, int at)
    {
        BinaryPrimitives.WriteInt32BigEndian(to[at..], -1);
        return at + 4;
    }
}
