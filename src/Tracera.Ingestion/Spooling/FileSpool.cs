using Microsoft.Extensions.Logging;
using Microsoft.Win32.SafeHandles;

namespace Tracera.Ingestion;

/// <summary>A spool in files: segments of batches as <see cref="BatchCodec"/> writes them, each after its length, synced before they count.</summary>
/// <remarks>
/// At start every batch that is not acknowledged is read once, so that what is damaged is known. A segment goes once all of it is acknowledged. After a crash the last segment may end within a
/// batch: that one was not accepted, and is cut off.
/// </remarks>
internal sealed class FileSpool(string sink, SpoolFolder folder, long capacity, ILogger logger) : ISpool
{
    private const int SegmentsInCapacity = 16;
    private const long MaxSegmentBytes = 16 * 1024 * 1024;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _files = new(1);
    private readonly Queue<SpoolRecord> _read = new();
    private readonly Queue<SpoolRecord> _unread = new();
    private SpoolMark? _mark;
    private SpoolRecord _toFree;
    private SpoolWriter? _writer;
    private (long Segment, SafeFileHandle File)? _reader;
    private long _ticks;
    private long _bytes;
    private long _damaged;

    public SpoolStatus Status
    {
        get
        {
            lock (_gate)
            {
                return new SpoolStatus(sink, _read.Count + _unread.Count, _ticks, _bytes, capacity, _damaged);
            }
        }
    }

    public async ValueTask OpenAsync(CancellationToken cancellationToken) => await Task.Run(Open, cancellationToken).ConfigureAwait(false);

    public async ValueTask<int> AppendAsync(IReadOnlyList<PriceBatch> batches, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batches);
        await _files.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await AppendAllAsync(batches).ConfigureAwait(false);
        }
        finally
        {
            _files.Release();
        }
    }

    public async ValueTask<PriceBatch?> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            SpoolRecord record;
            lock (_gate)
            {
                if (!_unread.TryPeek(out record))
                {
                    return null;
                }
            }

            var batch = await Task.Run(() => TryRead(record), cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                _unread.Dequeue();
                if (batch is not null)
                {
                    _read.Enqueue(record);
                    return batch;
                }

                (_ticks, _damaged) = (_ticks - record.Ticks, _damaged + record.Ticks);
            }
        }
    }

    public async ValueTask AcknowledgeAsync(Guid batchId, CancellationToken cancellationToken)
    {
        if (TryForget(batchId, out var last))
        {
            _toFree = last;
        }

        // What a disk that failed has not recorded is recorded by the next call, though its records are forgotten.
        if (_toFree == default)
        {
            return;
        }

        await _files.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(() => Free(_toFree), CancellationToken.None).ConfigureAwait(false);
            _toFree = default;
        }
        finally
        {
            _files.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _files.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _writer?.Dispose();
        _mark?.Dispose();
        _reader?.File.Dispose();
        folder.Dispose();
        _files.Dispose();
    }

    private void Open()
    {
        folder.Take();
        _mark = SpoolMark.Open(folder.Mark);
        var segments = folder.Segments();
        foreach (var segment in segments)
        {
            if (segment < _mark.Segment)
            {
                folder.Delete(segment);
                continue;
            }

            Recover(segment, segment == _mark.Segment ? _mark.Offset : 0, isLast: segment == segments[^1]);
        }

        _writer = new SpoolWriter(folder, Math.Min(MaxSegmentBytes, capacity / SegmentsInCapacity), Math.Max(segments.Count > 0 ? segments[^1] : 0, _mark.Segment));
        if (_unread.Count > 0)
        {
            SpoolLog.Recovered(logger, sink, _unread.Count, _ticks);
        }
    }

    private void Recover(long segment, long from, bool isLast)
    {
        using var file = folder.OpenToRead(segment);
        var length = RandomAccess.GetLength(file);
        var (records, fault) = SpoolScan.Read(file, segment, Math.Min(from, length));
        foreach (var record in records)
        {
            _unread.Enqueue(record);
            _ticks += record.Ticks;
        }

        if (fault is { } end && isLast)
        {
            SpoolLog.TornTail(logger, folder.File(segment), length - end.Offset);
            folder.Cut(segment, end.Offset);
            length = end.Offset;
        }
        else if (fault is { } damage)
        {
            SpoolLog.Damaged(logger, folder.File(segment), damage.Offset, damage.Reason);
        }

        if (records.Count == 0 && (isLast || fault is null))
        {
            file.Dispose();
            folder.Delete(segment);
        }
        else
        {
            _bytes += length;
        }
    }

    // A disk that fails after some are in the spool is told of by the next call: these are in it.
    private async Task<int> AppendAllAsync(IReadOnlyList<PriceBatch> batches)
    {
        var done = 0;
        while (done < batches.Count)
        {
            try
            {
                var records = await _writer!.WriteAsync(batches.Skip(done), capacity - _bytes).ConfigureAwait(false);
                Add(records);
                done += records.Count;
                if (records.Count == 0)
                {
                    break;
                }
            }
            catch (Exception fault) when (done > 0 && fault is IOException or UnauthorizedAccessException)
            {
                break;
            }
        }

        return done;
    }

    private void Add(IReadOnlyList<SpoolRecord> records)
    {
        lock (_gate)
        {
            foreach (var record in records)
            {
                _unread.Enqueue(record);
                _ticks += record.Ticks;
                _bytes += SpoolRecord.Prefix + record.Length;
            }
        }
    }

    private PriceBatch? TryRead(SpoolRecord record)
    {
        if (_reader?.Segment != record.Segment)
        {
            _reader?.File.Dispose();
            _reader = (record.Segment, folder.OpenToRead(record.Segment));
        }

        var file = _reader!.Value.File;
        try
        {
            return SpoolScan.ReadAt(file, record.Offset, RandomAccess.GetLength(file), out _);
        }
        catch (FormatException fault)
        {
            SpoolLog.Unreadable(logger, sink, record.Ticks, fault.Message);
            return null;
        }
    }

    private bool TryForget(Guid batchId, out SpoolRecord last)
    {
        lock (_gate)
        {
            last = _read.Concat(_unread).FirstOrDefault(record => record.Id == batchId);
            if (last == default)
            {
                return false;
            }

            SpoolRecord record;
            do
            {
                record = _read.Count > 0 ? _read.Dequeue() : _unread.Dequeue();
                _ticks -= record.Ticks;
            }
            while (record != last);

            return true;
        }
    }

    private void Free(SpoolRecord last)
    {
        _mark!.Move(last.Segment, last.End);
        bool isEmpty;
        lock (_gate)
        {
            isEmpty = _read.Count + _unread.Count == 0;
        }

        if (isEmpty)
        {
            _writer!.Close();
        }

        foreach (var segment in folder.Segments().Where(segment => segment < last.Segment || isEmpty))
        {
            if (_reader?.Segment == segment)
            {
                _reader.Value.File.Dispose();
                _reader = null;
            }

            var freed = folder.Delete(segment);
            lock (_gate)
            {
                _bytes -= freed;
            }
        }
    }
}
