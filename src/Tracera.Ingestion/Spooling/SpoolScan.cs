using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tracera.Ingestion;

/// <summary>Finds the batches of one segment.</summary>
internal static class SpoolScan
{
    /// <summary>The longest batch that is believed; a length above is damage.</summary>
    public const int MaxLength = 64 * 1024 * 1024;

    /// <summary>Reads on from an offset until the end, or until something is no whole batch.</summary>
    /// <returns>The batches; and where and why it ended before the file's end, if it did.</returns>
    public static (IReadOnlyList<SpoolRecord> Records, (long Offset, string Reason)? Fault) Read(SafeFileHandle file, long segment, long offset)
    {
        var records = new List<SpoolRecord>();
        var length = RandomAccess.GetLength(file);
        while (offset < length)
        {
            try
            {
                var batch = ReadAt(file, offset, length, out var bytes);
                records.Add(new SpoolRecord(segment, offset, bytes, batch.Id, batch.Count));
                offset = records[^1].End;
            }
            catch (FormatException fault)
            {
                return (records, (offset, fault.Message));
            }
        }

        return (records, null);
    }

    /// <summary>Reads the batch that begins at an offset.</summary>
    /// <exception cref="FormatException">There is no whole batch.</exception>
    public static PriceBatch ReadAt(SafeFileHandle file, long offset, long fileLength, out int length)
    {
        Span<byte> prefix = stackalloc byte[SpoolRecord.Prefix];
        Fill(file, prefix, offset);
        length = BinaryPrimitives.ReadInt32LittleEndian(prefix);
        if (length is <= 0 or > MaxLength || offset + SpoolRecord.Prefix + length > fileLength)
        {
            throw new FormatException($"A batch of {length} bytes does not fit.");
        }

        var bytes = new byte[length];
        Fill(file, bytes, offset + SpoolRecord.Prefix);
        return BatchCodec.Decode(bytes);
    }

    private static void Fill(SafeFileHandle file, Span<byte> bytes, long offset)
    {
        while (bytes.Length > 0)
        {
            var read = RandomAccess.Read(file, bytes, offset);
            if (read == 0)
            {
                throw new FormatException("The file ends within a batch.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}
