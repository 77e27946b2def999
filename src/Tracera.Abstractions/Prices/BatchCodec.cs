using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Tracera.Shared;

namespace Tracera;

/// <summary>Writes and reads batches as bytes: the one form in which they lie in a spool and travel through a broker.</summary>
/// <remarks>
/// <para>
/// Version 1, every number little-endian: version (1 byte), lane (1), batch id (16), run id (16), length of the provider's name (LEB128) and the name in
/// UTF-8, number of ticks (LEB128), the ticks, and CRC-32C (Castagnoli, RFC 3720) of all bytes before it (4).
/// </para>
/// <para>
/// A tick is: the difference of its item, source, observed time and received time to those of the tick before (zigzag LEB128 each; the first counts from 0),
/// then the price: a byte of scale (bits 0–4), sign (bit 5) and "has a volume" (bit 6), and the mantissa (LEB128); then, if there is one, the volume in the
/// same form. Decimals keep their scale. Thread-safe.
/// </para>
/// </remarks>
public static class BatchCodec
{
    /// <summary>The version that is written, and the only one that is read so far.</summary>
    public const byte Version = 1;

    /// <summary>The longest name of a provider, in bytes of UTF-8.</summary>
    public const int MaxProviderBytes = 256;

    internal const int GuidBytes = 16;
    internal const int ChecksumBytes = sizeof(uint);
    private const int HeaderBytes = 2 + (2 * GuidBytes) + (2 * Varint.MaxBytes) + MaxProviderBytes;

    /// <summary>Writes a batch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="output">Takes the bytes.</param>
    /// <exception cref="ArgumentException">There is no provider, or its name is longer than <see cref="MaxProviderBytes"/>.</exception>
    public static void Encode(PriceBatch batch, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(output);
        var checksum = Crc32C.Start;
        WriteHeader(batch, output, ref checksum);
        PriceTick previous = default;
        foreach (ref readonly var tick in batch.Ticks.Span)
        {
            var span = output.GetSpan(TickCodec.MaxBytes);
            var length = TickCodec.Write(span, tick, previous);
            checksum = Crc32C.Append(checksum, span[..length]);
            output.Advance(length);
            previous = tick;
        }

        BinaryPrimitives.WriteUInt32LittleEndian(output.GetSpan(ChecksumBytes), Crc32C.Finish(checksum));
        output.Advance(ChecksumBytes);
    }

    /// <summary>Reads a batch.</summary>
    /// <param name="bytes">Exactly what <see cref="Encode"/> wrote.</param>
    /// <returns>The batch, in memory of its own.</returns>
    /// <exception cref="FormatException">The bytes are of another version, cut off, or damaged; the message says which.</exception>
    public static PriceBatch Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new BatchReader(Verify(bytes));
        _ = reader.ReadByte("version");
        var lane = ReadLane(ref reader);
        var id = reader.ReadGuid("batch id");
        var runId = new RunId(reader.ReadGuid("run id"));
        var provider = ReadProvider(ref reader);
        var ticks = new PriceTick[reader.ReadCount(TickCodec.MinBytes, "number of ticks")];
        PriceTick previous = default;
        foreach (ref var tick in ticks.AsSpan())
        {
            tick = previous = TickCodec.Read(ref reader, previous);
        }

        reader.RequireEnd();
        return new PriceBatch(id, runId, provider, ticks, lane);
    }

    // Checked before anything is believed, so that no damaged length is ever acted upon.
    private static ReadOnlySpan<byte> Verify(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty)
        {
            throw new FormatException("There are no bytes where a batch should be.");
        }

        if (bytes[0] != Version)
        {
            throw new FormatException($"The batch is of version {bytes[0]}; this program reads version {Version}.");
        }

        if (bytes.Length <= ChecksumBytes)
        {
            throw new FormatException($"The batch is cut off after {bytes.Length} bytes.");
        }

        var content = bytes[..^ChecksumBytes];
        var computed = Crc32C.Finish(Crc32C.Append(Crc32C.Start, content));
        var stored = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^ChecksumBytes..]);
        return computed == stored
            ? content
            : throw new FormatException($"The batch of {bytes.Length} bytes is cut off or damaged: its checksum is {stored:x8}, its content has {computed:x8}.");
    }

    private static void WriteHeader(PriceBatch batch, IBufferWriter<byte> output, ref uint checksum)
    {
        var name = Encoding.UTF8.GetByteCount(batch.Provider ?? throw new ArgumentException("The batch has no provider.", nameof(batch)));
        if (name > MaxProviderBytes)
        {
            throw new ArgumentException($"The provider's name has {name} bytes; allowed are up to {MaxProviderBytes}.", nameof(batch));
        }

        var span = output.GetSpan(HeaderBytes);
        span[0] = Version;
        span[1] = (byte)batch.Lane;
        _ = batch.Id.TryWriteBytes(span[2..]);
        _ = batch.RunId.Value.TryWriteBytes(span[(2 + GuidBytes)..]);
        var at = 2 + (2 * GuidBytes);
        at += Varint.Write(span[at..], (ulong)name);
        at += Encoding.UTF8.GetBytes(batch.Provider, span[at..]);
        at += Varint.Write(span[at..], (ulong)batch.Count);
        checksum = Crc32C.Append(checksum, span[..at]);
        output.Advance(at);
    }

    private static BatchLane ReadLane(ref BatchReader reader)
    {
        var lane = (BatchLane)reader.ReadByte("lane");
        return Enum.IsDefined(lane) ? lane : throw new FormatException($"The batch says lane {(int)lane}; allowed are 0 and 1.");
    }

    private static string ReadProvider(ref BatchReader reader)
    {
        var length = reader.ReadCount(1, "length of the provider's name");
        if (length > MaxProviderBytes)
        {
            throw new FormatException($"The provider's name has {length} bytes; allowed are up to {MaxProviderBytes}.");
        }

        var name = reader.ReadBytes(length, "provider's name");
        return Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : throw new FormatException("The provider's name is not UTF-8.");
    }
}
