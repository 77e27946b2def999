using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>The way of one queue to its spool and back. Whoever uses it has its turn, one at a time.</summary>
/// <remarks>
/// While it is active everything new goes through the spool, which holds what is older than anything that waits in memory. Whatever the spool throws is taken for a disk that fails: neither the
/// dispatcher nor a pump ends by it.
/// </remarks>
internal sealed class Spillway(string sink, ISpool spool, SinkOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private long _damaged;
    private volatile bool _isActive;
    private volatile bool _isFull;

    public bool IsActive => _isActive;

    /// <summary>Whether the spool did not take all it was given last.</summary>
    public bool IsFull => _isFull;

    /// <summary>Told of every batch that the spool has accepted.</summary>
    public Action<PriceBatch>? Accepted { get; init; }

    public SpoolStatus Status => spool.Status;

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

        _isActive = spool.Status.Batches > 0;
        return spool.Status.Ticks;
    }

    public Task EnterAsync(CancellationToken cancellationToken) => _turn.WaitAsync(cancellationToken);

    public void Leave() => _turn.Release();

    /// <summary>Takes as many batches as there is room for; none while the disk fails.</summary>
    /// <returns>How many, and whether the disk has failed, which was waited for.</returns>
    public async Task<(int Count, bool HasFailed)> AppendAsync(IReadOnlyList<PriceBatch> batches, CancellationToken cancellationToken)
    {
        var (count, hasFailed) = (0, false);
        try
        {
            count = await spool.AppendAsync(batches, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            hasFailed = true;
            await DiskFailsAsync(error).ConfigureAwait(false);
        }

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
        return (count, hasFailed);
    }

    /// <summary>Reads the next batch. Null at the end, by which the spillway is not active any more, and while the disk fails.</summary>
    public async Task<PriceBatch?> ReadAsync()
    {
        try
        {
            if (await spool.ReadAsync(CancellationToken.None).ConfigureAwait(false) is { } batch)
            {
                return batch;
            }

            _isActive = false;
            SpoolLog.Drained(logger, sink);
        }
        catch (Exception error)
        {
            await DiskFailsAsync(error).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>A batch and all before it have their outcome.</summary>
    /// <returns>False while the disk fails, which was waited for: until it is recorded the batch might be read again.</returns>
    public async Task<bool> TryAcknowledgeAsync(Guid id)
    {
        try
        {
            await spool.AcknowledgeAsync(id, CancellationToken.None).ConfigureAwait(false);
            _isFull = false;
            return true;
        }
        catch (Exception error)
        {
            await DiskFailsAsync(error).ConfigureAwait(false);
            return false;
        }
    }

    /// <summary>How many ticks were found damaged since the last call.</summary>
    public long TakeDamaged()
    {
        var all = spool.Status.DamagedTicks;
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

    private Task DiskFailsAsync(Exception error)
    {
        SpoolLog.DiskFails(logger, error, sink);
        return Task.Delay(options.MinimumBackoff, time, CancellationToken.None);
    }
}
