using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>Fills Redis from the store: at start, and whenever a stream has begun anew.</summary>
/// <remarks>
/// One loop. After everything was offered, what was received around that time is offered a few times more: a tick may have been written to the Redis that is gone
/// before it was committed in the store, and one that lay ahead of the clock has become the latest since.
/// </remarks>
internal sealed class Refiller(
    StoreOffer? offer,
    RedisVolatilityCache figures,
    RedisSourceCache sources,
    IItemCatalog? catalog,
    RefillState state,
    IOptions<RedisOptions> options,
    TimeProvider time,
    ILogger<Refiller> logger) : IDisposable
{
    private static readonly TimeSpan ClockLead = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan[] LooksAfter =
        [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(1), ClockLead + TimeSpan.FromSeconds(10)];

    private readonly SemaphoreSlim _wanted = new(1, 1);
    private readonly Lock _gate = new();
    private int _version = 1;

    /// <summary>Says that a stream has begun anew.</summary>
    public void Want()
    {
        lock (_gate)
        {
            _version++;
            state.Restart();
            if (_wanted.CurrentCount == 0)
            {
                _wanted.Release();
            }
        }
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await _wanted.WaitAsync(cancellationToken).ConfigureAwait(false);
        while (true)
        {
            var (version, startedAt) = (Volatile.Read(ref _version), time.GetUtcNow());
            await OfferUntilDoneAsync(DateTimeOffset.MinValue, withFigures: true, cancellationToken).ConfigureAwait(false);
            Complete(version);
            var isWanted = false;
            for (var look = 0; look < LooksAfter.Length && offer is not null && !isWanted; look++)
            {
                isWanted = await IsWantedAsync(startedAt + LooksAfter[look] - time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
                if (!isWanted)
                {
                    await OfferUntilDoneAsync(startedAt - ClockLead, withFigures: false, cancellationToken).ConfigureAwait(false);
                }
            }

            if (!isWanted)
            {
                await _wanted.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public void Dispose() => _wanted.Dispose();

    private void Complete(int version)
    {
        lock (_gate)
        {
            if (version == _version)
            {
                state.Complete();
            }
        }
    }

    private async Task<bool> IsWantedAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var (wanted, pause) = (_wanted.WaitAsync(waiting.Token), Task.Delay(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time, waiting.Token));
        _ = await Task.WhenAny(wanted, pause).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
        await wanted.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return wanted.IsCompletedSuccessfully;
    }

    // The store or Redis may be away for as long as it takes.
    private async Task OfferUntilDoneAsync(DateTimeOffset since, bool withFigures, CancellationToken cancellationToken)
    {
        for (var failures = 0; ; failures++)
        {
            var offering = OfferAsync(since, withFigures, cancellationToken);
            await offering.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (offering.IsCompletedSuccessfully)
            {
                return;
            }

            if (failures == 0)
            {
                RefillLog.Failed(logger, FaultText.Of(offering.Exception?.InnerException));
            }

            await Task.Delay(options.Value.CheckInterval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    // A catalogue that does not answer is no reason to offer everything again: whoever reads it next keeps the sources.
    private async Task KeepSourcesAsync(CancellationToken cancellationToken)
    {
        var reading = ReadSourcesAsync(cancellationToken);
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (reading.IsCompletedSuccessfully && await reading.ConfigureAwait(false) is { Count: > 0 } read)
        {
            await sources.WriteAsync(read, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<Source>> ReadSourcesAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.Value.OperationTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        return catalog is null ? [] : await catalog.GetSourcesAsync(either.Token).ConfigureAwait(false);
    }

    private async Task OfferAsync(DateTimeOffset since, bool withFigures, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var series = offer is null ? 0 : await offer.RunAsync(since, cancellationToken).ConfigureAwait(false);
        if (withFigures)
        {
            await figures.RefillAsync(cancellationToken).ConfigureAwait(false);
            await KeepSourcesAsync(cancellationToken).ConfigureAwait(false);
            RefillLog.Filled(logger, series, time.GetElapsedTime(started).TotalMilliseconds);
        }
    }
}
