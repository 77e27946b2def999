using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Redis;

/// <summary>Looks after Redis: whether it answers, whether updates come in, and whether it must be filled.</summary>
/// <remarks>Its start never waits for Redis. One loop asks where every stream stands, which begins those that are not there, and checks the subscription against that.</remarks>
internal sealed class RedisComponent(
    RedisConnection connection,
    ShardStreams streams,
    UpdateListener listener,
    UpdateFeed feed,
    Refiller refiller,
    RedisState state,
    IOptions<RedisOptions> options,
    TimeProvider time,
    ILogger<RedisComponent> logger) : ITraceraComponent, IDisposable
{
    private const int SilentChecks = 2;
    private static readonly TimeSpan SoonAgain = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _woken = new(0, 1);
    private readonly Lock _gate = new();
    private Task _loop = Task.CompletedTask;
    private Task _refilling = Task.CompletedTask;
    private int _silent;
    private bool _isToldAway;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        connection.Restored += Wake;
        streams.EpochChanged += refiller.Want;
        connection.Start();
        _loop = Task.Run(() => LoopAsync(_stopping.Token), CancellationToken.None);
        _refilling = Task.Run(() => refiller.RunAsync(_stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        connection.Restored -= Wake;
        streams.EpochChanged -= refiller.Want;
        await _stopping.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_loop, _refilling).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await listener.LeaveAsync().WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _woken.Dispose();
    }

    private void Wake()
    {
        lock (_gate)
        {
            if (_woken.CurrentCount == 0)
            {
                _woken.Release();
            }
        }
    }

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            var isInDoubt = false;
            try
            {
                isInDoubt = connection.IsMade && await CheckAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception fault) when (FaultText.IsAway(fault) && !cancellationToken.IsCancellationRequested)
            {
                state.Fails(fault);
                TellOnce(isAway: true);
            }

            await RestAsync(isInDoubt ? SoonAgain : options.Value.CheckInterval, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // A single call that fails says little; an answer that the check waits for in vain says that listeners no longer have what is current.
    private void TellOnce(bool isAway)
    {
        if (_isToldAway != isAway)
        {
            _isToldAway = isAway;
            feed.Doubt();
        }
    }

    private async Task RestAsync(TimeSpan rest, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ = await Task.WhenAny(_woken.WaitAsync(waiting.Token), Task.Delay(rest, time, waiting.Token)).ConfigureAwait(false);
        await waiting.CancelAsync().ConfigureAwait(false);
    }

    private async Task<bool> CheckAsync(CancellationToken cancellationToken)
    {
        var located = await streams.LocateAsync(cancellationToken).ConfigureAwait(false);
        state.Answers();
        TellOnce(isAway: false);
        try
        {
            var isInDoubt = await listener.ConfirmAsync(located, cancellationToken).ConfigureAwait(false);
            (state.Silence, _silent) = (null, 0);
            return isInDoubt;
        }
        catch (Exception fault) when (FaultText.IsAway(fault) && !cancellationToken.IsCancellationRequested)
        {
            state.Silence = FaultText.Shown(fault);
            if (++_silent % SilentChecks == 0)
            {
                FeedLog.Silent(logger);
                await listener.LeaveAsync().ConfigureAwait(false);
            }

            return false;
        }
    }
}
