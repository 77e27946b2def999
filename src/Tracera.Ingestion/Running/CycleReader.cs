using System.Runtime.CompilerServices;

namespace Tracera.Ingestion;

/// <summary>Enumerates one cycle on a thread of its own choice and hands its rows to the pipeline.</summary>
/// <remarks>
/// At any instant it is either inside the provider or inside the pipeline. Only while it is inside the provider can it be abandoned, and then it never enters the
/// pipeline again: whoever abandoned it owns the pipeline. Rows that are there without a wait are read by a loop that neither awaits nor allocates.
/// </remarks>
internal sealed class CycleReader(
    CycleRequest request, CyclePipeline pipeline, RejectSamples samples, Action onCameBack, Action<string> cancel, CancellationToken fetch, CancellationToken drain) : IThreadCall
{
    private readonly RunRow _row = request.Row;
    private readonly ProviderDoor _door = new();
    private readonly TaskCompletionSource<bool> _ended = new();
    private bool _isAwaited;

    /// <summary>Whether it is the pipeline's turn, so that the provider cannot be blamed.</summary>
    public bool IsInPipeline => !_door.IsInside;

    /// <summary>Whether a call into the provider has not returned, not even with a promise: its thread is blocked, or computes.</summary>
    public bool IsBlocking => _door.IsInside && !Volatile.Read(ref _isAwaited);

    /// <summary>Ends with the enumeration, or with false when it is abandoned.</summary>
    public Task<bool> Ended => _ended.Task;

    /// <summary>Abandons the enumeration, unless it is the pipeline's turn. What it ends with after that is only told as its coming back.</summary>
    public void TryAbandon()
    {
        if (_door.TryLock())
        {
            // On another thread, because whoever waits goes on at once.
            ThreadPool.UnsafeQueueUserWorkItem(static reader => reader._ended.TrySetResult(false), this, preferLocal: false);
        }
    }

    /// <summary>Begins to read; <see cref="Ended"/> says how it ends.</summary>
    public void Run() => _ = ReadAsync();

    private async Task ReadAsync()
    {
        bool isAwaited;
        try
        {
            isAwaited = await ReadToEndAsync().ConfigureAwait(false) && _ended.TrySetResult(true);
        }
        catch (Exception error)
        {
            isAwaited = _ended.TrySetException(error);
        }

        if (!isAwaited)
        {
            onCameBack();
        }
    }

    // False when it was abandoned.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadToEndAsync()
    {
        if (request.Kind == CycleKind.Backfill)
        {
            OwnSigns.BeginBackfill(_row);
        }

        _door.Enter();
        var rows = request.Open(Context(), fetch).GetAsyncEnumerator(fetch);
        try
        {
            while (true)
            {
                var stop = ReadReady(rows, out var next);
                if (stop == Stop.ToWait)
                {
                    stop = await WaitAsync(next).ConfigureAwait(false) ? TakeAwaited(rows) : Stop.AtEnd;
                }

                if (stop is Stop.AtEnd)
                {
                    break;
                }

                if (stop is Stop.Abandoned)
                {
                    return false;
                }

                if (stop is Stop.ToRelieve)
                {
                    await pipeline.RelieveAsync(drain).ConfigureAwait(false);
                }

                fetch.ThrowIfCancellationRequested();
                _door.Enter();
            }
        }
        finally
        {
            _door.Enter();
            Volatile.Write(ref _isAwaited, false);
            var disposing = rows.DisposeAsync();
            Volatile.Write(ref _isAwaited, true);
            await disposing.ConfigureAwait(false);
        }

        return _door.TryLeave();
    }

    private FetchContext Context() => new(_row.Provider, _row.RunId, request.ScheduledAt, request.Options, TakeRejection, _row.Sign);

    private void TakeRejection(Rejection rejection)
    {
        _row.Sign();
        if (_row.CountAnsweredReject(rejection.Reason) > 0)
        {
            samples.Add(rejection);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Stop ReadReady(IAsyncEnumerator<RawPrice> rows, out ValueTask<bool> next)
    {
        next = default;
        var (taker, token) = (pipeline, fetch);
        while (true)
        {
            // A variable of its own, because storing it through a reference for every row costs as much as checking the row does.
            var moving = rows.MoveNextAsync();
            if (!moving.IsCompletedSuccessfully)
            {
                next = moving;
                return Stop.ToWait;
            }

#pragma warning disable RS0030, VSTHRD002 // It is completed.
            if (!moving.Result)
#pragma warning restore RS0030, VSTHRD002
            {
                return Stop.AtEnd;
            }

            if (!_door.TryLeave())
            {
                return Stop.Abandoned;
            }

            var raw = rows.Current;
            if (taker.Accept(raw))
            {
                return Stop.ToRelieve;
            }

            token.ThrowIfCancellationRequested();
            _door.Enter();
        }
    }

    private Stop TakeAwaited(IAsyncEnumerator<RawPrice> rows)
    {
        if (!_door.TryLeave())
        {
            return Stop.Abandoned;
        }

        return pipeline.Accept(rows.Current) ? Stop.ToRelieve : Stop.Nowhere;
    }

    private async ValueTask<bool> WaitAsync(ValueTask<bool> next)
    {
        Volatile.Write(ref _isAwaited, true);
        pipeline.ExpectWait();
        var hasNext = pipeline.HasUnflushed
            ? await WaitFlushingAsync(next.AsTask()).ConfigureAwait(false)
            : await next.ConfigureAwait(false);
        Volatile.Write(ref _isAwaited, false);
        return hasNext;
    }

    private async ValueTask<bool> WaitFlushingAsync(Task<bool> next)
    {
        await Task.WhenAny(next, pipeline.FlushDue).ConfigureAwait(false);
        if (!next.IsCompleted && _door.TryLeave())
        {
            try
            {
                await pipeline.FlushAsync(drain).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                await GiveUpAsync(next, error).ConfigureAwait(false);
                throw;
            }

            _door.Enter();
        }

        return await next.ConfigureAwait(false);
    }

    // What is enumerated cannot be disposed while its next row is awaited, which may take for ever: it is told to end first. Until it is told it cannot be abandoned.
    private async ValueTask GiveUpAsync(Task next, Exception error)
    {
        cancel($"{error.GetType().Name}: {error.Message}");
        _door.Enter();
        await next.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private enum Stop
    {
        Nowhere,
        ToWait,
        ToRelieve,
        AtEnd,
        Abandoned,
    }
}
