using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Ingestion;

/// <summary>What this host knows of the store's table of aliases. Thread-safe.</summary>
/// <remarks>
/// Read when a cycle begins and the last reading is old; the cycle that finds it old does not wait for the new one. Only before the first reading cycles wait, because a name that is met without
/// its alias would become an item of its own. While the store is away, what is known stays in use.
/// </remarks>
internal sealed class AliasTable(IEnumerable<IItemAliasStore> stores, IOptions<ItemAliasOptions> options, TimeProvider time, ILogger<AliasTable> logger)
{
    private readonly Lock _gate = new();
    private AliasSet? _known = stores.Any() ? null : AliasSet.None;
    private long _triedAt = time.GetTimestamp();
    private long _begun;
    private long _learnt;

    /// <summary>The store's table; null where the store has none.</summary>
    public IItemAliasStore? Store { get; } = stores.FirstOrDefault();

    /// <summary>Says what is known, and reads the table again where that is old.</summary>
    /// <returns>The aliases; null when the table was never read and cannot be now.</returns>
    public async ValueTask<AliasSet?> GetAsync(CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        if (known is null)
        {
            return await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        if (Store is not null && IsOld())
        {
            StoreCall.Observe(ReadAsync(CancellationToken.None));
        }

        return known;
    }

    /// <summary>Reads the table.</summary>
    /// <returns>What is known now; null for nothing.</returns>
    public async Task<AliasSet?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Store is null)
        {
            return AliasSet.None;
        }

        var reading = Interlocked.Increment(ref _begun);
        var answer = await StoreCall.TryAsync(Store.GetAsync, StoreCall.Deadline, time, cancellationToken).ConfigureAwait(false);
        if (!answer.IsOk)
        {
            var known = Volatile.Read(ref _known);
            AliasLog.Away(logger, answer.Error, known?.Aliases.Count ?? 0);
            return known;
        }

        return Learn(answer.Value!, reading);
    }

    // An answer that comes after that of a later reading may be older than what changed between them.
    private AliasSet Learn(IReadOnlyList<ItemAlias> aliases, long reading)
    {
        lock (_gate)
        {
            if (_known is not null && reading < _learnt)
            {
                return _known;
            }

            _learnt = reading;
            if (_known?.Aliases.SequenceEqual(aliases) == true)
            {
                return _known;
            }

            if (_known is not null || aliases.Count > 0)
            {
                AliasLog.Changed(logger, aliases.Count);
            }

            var learnt = new AliasSet(aliases, (_known?.Version ?? AliasSet.None.Version) + 1);
            Volatile.Write(ref _known, learnt);
            return learnt;
        }
    }

    // One caller in each interval finds it old.
    private bool IsOld()
    {
        lock (_gate)
        {
            if (time.GetElapsedTime(_triedAt) < options.Value.RefreshInterval)
            {
                return false;
            }

            _triedAt = time.GetTimestamp();
            return true;
        }
    }
}
