using System.Buffers;
using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Tracera.Ingestion;

/// <summary>Writes batches to segments, one after the other. Not thread-safe.</summary>
internal sealed class SpoolWriter(SpoolFolder folder, long segmentBytes, long lastSegment) : IDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private SafeFileHandle? _file;
    private long _offset;

    /// <summary>The segment that is written, or was written last.</summary>
    public long Segment { get; private set; } = lastSegment;

    /// <summary>Writes batches to one segment and syncs it.</summary>
    /// <param name="batches">The batches, in order.</param>
    /// <param name="room">How many bytes may be written at most.</param>
    /// <returns>Where those lie that had room; a failure leaves none.</returns>
    public async Task<IReadOnlyList<SpoolRecord>> WriteAsync(IEnumerable<PriceBatch> batches, long room)
    {
        if (_file is null || _offset >= segmentBytes)
        {
            Roll();
        }

        var records = Encode(batches, room);
        if (records.Count == 0)
        {
            return records;
        }

        try
        {
            await RandomAccess.WriteAsync(_file!, _buffer.WrittenMemory, _offset, CancellationToken.None).ConfigureAwait(false);
            await Task.Run(() => RandomAccess.FlushToDisk(_file!)).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // What was written of them is overwritten next time, or found to be no whole batch.
            Cut();
            throw;
        }

        _offset = records[^1].End;
        return records;
    }

    /// <summary>Ends the segment; the next batch begins another.</summary>
    public void Close()
    {
        _file?.Dispose();
        _file = null;
    }

    public void Dispose() => Close();

    private void Roll()
    {
        Close();
        _file = folder.OpenToWrite(Segment + 1);
        (Segment, _offset) = (Segment + 1, 0);
    }

    private List<SpoolRecord> Encode(IEnumerable<PriceBatch> batches, long room)
    {
        _buffer.ResetWrittenCount();
        var records = new List<SpoolRecord>();
        foreach (var batch in batches)
        {
            var at = _buffer.WrittenCount;
            _buffer.GetSpan(SpoolRecord.Prefix);
            _buffer.Advance(SpoolRecord.Prefix);
            BatchCodec.Encode(batch, _buffer);
            var length = _buffer.WrittenCount - at - SpoolRecord.Prefix;
            if (_buffer.WrittenCount > room || (at > 0 && _offset + at >= segmentBytes))
            {
                return Trim(records, at);
            }

            BinaryPrimitives.WriteInt32LittleEndian(System.Runtime.InteropServices.MemoryMarshal.AsMemory(_buffer.WrittenMemory).Span[at..], length);
            records.Add(new SpoolRecord(Segment, _offset + at, length, batch.Id, batch.Count));
        }

        return records;
    }

    private List<SpoolRecord> Trim(List<SpoolRecord> records, int length)
    {
        var kept = _buffer.WrittenSpan[..length].ToArray();
        _buffer.ResetWrittenCount();
        _buffer.Write(kept);
        return records;
    }

    private void Cut()
    {
        try
        {
            RandomAccess.SetLength(_file!, _offset);
        }
        catch (IOException)
        {
            Close();
        }
    }
}
