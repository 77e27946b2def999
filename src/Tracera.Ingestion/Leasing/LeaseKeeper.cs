using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>Takes the leases of this host, renews them and gives them back. Thread-safe.</summary>
/// <remarks>While the store is away a lease that is held stays held: nobody can take it over without the store either.</remarks>
internal sealed class LeaseKeeper(
    IProviderLeases leases, IOptions<TraceraOptions> instance, IOptions<IngestionOptions> options, TimeProvider time, ILogger<LeaseKeeper> logger)
{
    private readonly ConcurrentDictionary<string, HeldLease> _held = new(StringComparer.Ordinal);

    /// <summary>Whether a provider may be polled here now; takes its lease where nobody has it.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="stopping">Cancelled when this host stops: polls nothing more, whoever has the lease.</param>
    public async ValueTask<LeaseState> EnsureAsync(string provider, CancellationToken stopping)
    {
        if (_held.ContainsKey(provider))
        {
            return LeaseState.Held;
        }

        var answer = await AcquireAsync(provider, stopping).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            LeaseLog.Unknown(logger, answer.Error, provider);
            return LeaseState.Unknown;
        }

        if (answer.Value is not { } lease)
        {
            LeaseLog.Elsewhere(logger, provider);
            return LeaseState.Elsewhere;
        }

        var taken = new HeldLease(lease, stopping);
        if (!_held.TryAdd(provider, taken))
        {
            // A poll and a backfill have asked at once, and this answer renews the lease.
            StoreCall.Observe(taken.LoseAsync());
            if (_held.TryGetValue(provider, out var first))
            {
                first.Lease = lease;
            }
        }

        return LeaseState.Held;
    }

    public bool IsHeld(string provider) => _held.ContainsKey(provider);

    /// <summary>Until when a provider may be polled here: cancelled when its lease is lost to another host, or this one stops.</summary>
    public CancellationToken Until(string provider) => _held.TryGetValue(provider, out var held) ? held.Over : new CancellationToken(canceled: true);

    /// <summary>Renews everything that is held, until it is told to end.</summary>
    public async Task RenewAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.HeartbeatInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await Task.WhenAll(_held.Keys.Select(provider => RenewOneAsync(provider, cancellationToken))).ConfigureAwait(false);
        }
    }

    /// <summary>Gives everything back.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        var held = _held.Values.ToList();
        _held.Clear();
        await Task.WhenAll(held.Select(one => StoreCall.TryAsync(
            token => leases.ReleaseAsync(one.Lease, token), StoreCall.Deadline, time, cancellationToken))).ConfigureAwait(false);
    }

    private Task<Answer<ProviderLease?>> AcquireAsync(string provider, CancellationToken cancellationToken) => StoreCall.TryAsync(
        token => leases.TryAcquireAsync(provider, instance.Value.InstanceName, time.GetUtcNow(), options.Value.LeaseDuration, token),
        StoreCall.Deadline,
        time,
        cancellationToken);

    private async Task RenewOneAsync(string provider, CancellationToken cancellationToken)
    {
        var answer = await AcquireAsync(provider, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk || !_held.TryGetValue(provider, out var held))
        {
            return;
        }

        if (answer.Value is { } lease)
        {
            held.Lease = lease;
        }
        else if (_held.TryRemove(provider, out _))
        {
            LeaseLog.LostLease(logger, provider);
            StoreCall.Observe(held.LoseAsync());
        }
    }
}
