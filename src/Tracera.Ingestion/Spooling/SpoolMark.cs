using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tracera.Ingestion;

/// <summary>The position up to which a spool is acknowledged, in two places that are written in turn, so that a write which is cut off spoils neither the other nor the order.</summary>
/// <remarks>It is not synced: a position that is lost with the machine only lets batches be delivered again.</remarks>
internal sealed class SpoolMark : IDisposable
{
    private const int Numbers = 4;
    private const int PlaceBytes = Numbers * sizeof(long);
    private readonly SafeFileHandle _file;
    private long _turn;

    private SpoolMark(SafeFileHandle file, long turn, long segment, long offset) => (_file, _turn, Segment, Offset) = (file, turn, segment, offset);

    /// <summary>The segment; 0 before the first.</summary>
    public long Segment { get; private set; }

    /// <summary>Where the first batch begins that is not acknowledged.</summary>
    public long Offset { get; private set; }

    public static SpoolMark Open(string path)
    {
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        Span<byte> bytes = stackalloc byte[2 * PlaceBytes];
        bytes = bytes[..RandomAccess.Read(file, bytes, 0)];
        var (turn, segment, offset) = (0L, 0L, 0L);
        for (; bytes.Length >= PlaceBytes; bytes = bytes[PlaceBytes..])
        {
            var (t, s, o) = (Number(bytes, 0), Number(bytes, 1), Number(bytes, 2));
            if (Number(bytes, 3) == Check(t, s, o) && t > turn)
            {
                (turn, segment, offset) = (t, s, o);
            }
        }

        return new SpoolMark(file, turn, segment, offset);
    }

    public void Move(long segment, long offset)
    {
        _turn++;
        Span<byte> bytes = stackalloc byte[PlaceBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, _turn);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[sizeof(long)..], segment);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[(2 * sizeof(long))..], offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[(3 * sizeof(long))..], Check(_turn, segment, offset));
        RandomAccess.Write(_file, bytes, _turn % 2 * PlaceBytes);
        (Segment, Offset) = (segment, offset);
    }

    public void Dispose() => _file.Dispose();

    private static long Number(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt64LittleEndian(bytes[(at * sizeof(long))..]);

    // Tells a place that was written whole from one that was not; FNV-1a over the three numbers, one step a number.
    private static long Check(long turn, long segment, long offset)
    {
        const long prime = 0x100000001b3;
        var check = unchecked((long)0xcbf29ce484222325);
        unchecked
        {
            check = (check ^ turn) * prime;
            check = (check ^ segment) * prime;
            return (check ^ offset) * prime;
        }
    }
}
