namespace Tracera.Ingestion;

/// <summary>Enumerates one cycle on a thread of its own choice and hands its rows to the pipeline.</summary>
/// <remarks>
/// At any instant it is either inside the provider or inside the pipeline. Only while it is inside the provider can it be abandoned, and then it never enters the
/// pipeline again: whoever abandoned it owns the pipeline.
/// </remarks>
internal sealed class CycleReader
{
    private const int InPipeline = 0;
    private const int InProvider = 1;
    private const int Abandoned = 2;
    private int _place = InPipeline;
    private long _returns;
    private long _signs;
    private bool _isAwaited;

    /// <summary>Counts signs of life.</summary>
    public long Signs => Volatile.Read(ref _returns) + Volatile.Read(ref _signs);

    /// <summary>Whether it is the pipeline's turn, so that the provider cannot be blamed.</summary>
    public bool IsInPipeline => Volatile.Read(ref _place) == InPipeline;

    /// <summary>Whether a call into the provider has not returned, not even with a promise: its thread is blocked, or computes.</summary>
    public bool IsBlocking => Volatile.Read(ref _place) != InPipeline && !Volatile.Read(ref _isAwaited);

    public void Sign() => Interlocked.Increment(ref _signs);

    public bool TryAbandon() => Interlocked.CompareExchange(ref _place, Abandoned, InProvider) == InProvider;

    /// <summary>Reads until the enumeration ends.</summary>
    /// <returns>False when it was abandoned.</returns>
    public async Task<bool> ReadAsync(Func<IAsyncEnumerable<RawPrice>> open, CyclePipeline pipeline, CancellationToken fetch, CancellationToken drain)
    {
        Enter();
        var rows = open().GetAsyncEnumerator(fetch);
        try
        {
            while (await NextAsync(rows, pipeline, drain).ConfigureAwait(false))
            {
                if (_isAwaited)
                {
                    Volatile.Write(ref _isAwaited, false);
                }

                if (!Leave())
                {
                    return false;
                }

                await pipeline.AcceptAsync(rows.Current, drain).ConfigureAwait(false);
                fetch.ThrowIfCancellationRequested();

                // While it is in the pipeline nobody else changes the place.
                Volatile.Write(ref _place, InProvider);
            }
        }
        finally
        {
            Enter();
            Volatile.Write(ref _isAwaited, false);
            var disposing = rows.DisposeAsync();
            Volatile.Write(ref _isAwaited, true);
            await disposing.ConfigureAwait(false);
        }

        return Leave();
    }

    private ValueTask<bool> NextAsync(IAsyncEnumerator<RawPrice> rows, CyclePipeline pipeline, CancellationToken drain)
    {
        var next = rows.MoveNextAsync();
        if (next.IsCompleted)
        {
            return next;
        }

        Volatile.Write(ref _isAwaited, true);
        pipeline.ExpectWait();
        return pipeline.HasUnflushed ? NextFlushingAsync(next.AsTask(), pipeline, drain) : next;
    }

    private async ValueTask<bool> NextFlushingAsync(Task<bool> next, CyclePipeline pipeline, CancellationToken drain)
    {
        await Task.WhenAny(next, pipeline.FlushDue).ConfigureAwait(false);
        if (!next.IsCompleted && Leave(isSign: false))
        {
            await pipeline.FlushAsync(drain).ConfigureAwait(false);
            Enter();
        }

        return await next.ConfigureAwait(false);
    }

    private void Enter() => Interlocked.CompareExchange(ref _place, InProvider, InPipeline);

    private bool Leave(bool isSign = true)
    {
        if (Interlocked.CompareExchange(ref _place, InPipeline, InProvider) != InProvider)
        {
            return false;
        }

        if (isSign)
        {
            Volatile.Write(ref _returns, _returns + 1);
        }

        return true;
    }
}
