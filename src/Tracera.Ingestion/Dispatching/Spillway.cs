using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>The way of one queue to its spool and back. Whoever uses it has its turn, one at a time.</summary>
/// <remarks>
/// While it is active everything new goes through the spool, which holds what is older than anything that waits in memory. Whatever the spool throws is taken for a disk that fails, and so is an
/// impossible answer: neither the dispatcher nor a pump ends by it. Nobody waits for the disk in the turn: <see cref="Writing"/> and <see cref="Reading"/> say how long it is to be left alone.
/// </remarks>
internal sealed class Spillway(string sink, ISpool spool, SinkOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _damaged;
    private volatile bool _isActive;
    private volatile bool _isFull;
    private volatile bool _isMute;
    private volatile SpoolStatus _status = new(sink, 0, 0, 0, 0, 0);

    public bool IsActive => _isActive;

    /// <summary>Whether the spool did not take all it was given last.</summary>
    public bool IsFull => _isFull || Writing.IsOn;

    /// <summary>Whether it takes batches.</summary>
    public SpoolTrouble Writing { get; } = new(sink, "written", options, time, logger);

    /// <summary>Whether batches are read back from it, and it is told what became of them.</summary>
    public SpoolTrouble Reading { get; } = new(sink, "read", options, time, logger);

    /// <summary>Told of every batch that the spool has accepted.</summary>
    public Action<PriceBatch>? Accepted { get; init; }

    /// <summary>What lies in the spool; what lay there last while it does not say so.</summary>
    public SpoolStatus Status
    {
        get
        {
            try
            {
                _status = spool.Status;
                _isMute = false;
            }
            catch (Exception error)
            {
                NoteMute(error);
            }

            return _status;
        }
    }

    /// <summary>Opens the spool.</summary>
    /// <returns>How many ticks an earlier process has left in it.</returns>
    public async Task<long> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            await spool.OpenAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException fault)
        {
            throw new OptionsValidationException(sink, typeof(FileSpoolOptions), [$"{FileSpoolOptions.SectionName}: {fault.Message}"]);
        }

        _status = spool.Status;
        _isActive = _status.Batches > 0;
        return _status.Ticks;
    }

    /// <summary>Waits for the turn, which ends with what is returned.</summary>
    public async ValueTask<Turn> EnterAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new Turn(_turn);
    }

    /// <summary>Takes as many batches as there is room for; none while the disk fails.</summary>
    /// <returns>How many.</returns>
    public async Task<int> AppendAsync(IReadOnlyList<PriceBatch> batches, CancellationToken cancellationToken)
    {
        int count;
        try
        {
            count = await spool.AppendAsync(batches, cancellationToken).ConfigureAwait(false);
            if (count < 0 || count > batches.Count)
            {
                throw new InvalidOperationException($"It says to have taken {count} of {batches.Count} batches.");
            }
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Writing.Failed(error);
            return 0;
        }

        Writing.Worked();
        if (count > 0 && !_isActive)
        {
            _isActive = true;
            SpoolLog.Spilling(logger, sink);
        }

        if (count < batches.Count && !_isFull)
        {
            SpoolLog.Full(logger, sink);
        }

        _isFull = count < batches.Count;
        return count;
    }

    /// <summary>Reads the next batch. Null at the end, by which the spillway is not active any more, and while the disk fails.</summary>
    public async Task<PriceBatch?> ReadAsync()
    {
        PriceBatch? batch;
        try
        {
            batch = await spool.ReadAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Reading.Failed(error);
            return null;
        }

        Reading.Worked();
        if (batch is null)
        {
            (_isActive, _isFull) = (false, false);
            SpoolLog.Drained(logger, sink);
        }

        return batch;
    }

    /// <summary>A batch and all before it have their outcome.</summary>
    /// <returns>False while the disk fails: until it is recorded the batch might be read again.</returns>
    public async Task<bool> TryAcknowledgeAsync(Guid id)
    {
        try
        {
            await spool.AcknowledgeAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Reading.Failed(error);
            return false;
        }

        Reading.Worked();
        return true;
    }

    /// <summary>How many ticks were found damaged since the last call.</summary>
    public long TakeDamaged()
    {
        var all = Status.DamagedTicks;
        var found = all - _damaged;
        _damaged = all;
        return found;
    }

    public async Task CloseAsync()
    {
        await spool.DisposeAsync().ConfigureAwait(false);
        Dispose();
    }

    public void Dispose() => _turn.Dispose();

    private void NoteMute(Exception error)
    {
        if (!_isMute)
        {
            _isMute = true;
            SpoolLog.StatusFails(logger, error, sink);
        }
    }

    /// <summary>A turn.</summary>
    internal readonly struct Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
