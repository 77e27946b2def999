using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Tracera.Realtime.Relay;

/// <summary>The catalogue's sources, read again when an unknown one turns up; while the catalogue is away, from where they are kept beside the latest prices.</summary>
/// <remarks>Thread-safe. A reading that failed or did not help is repeated at most once a second.</remarks>
internal sealed class SourceNames(IItemCatalog catalog, TimeProvider time, ILogger<SourceNames> logger, ISourceCache? cache = null) : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);
    private readonly SemaphoreSlim _reading = new(1);
    private volatile FrozenDictionary<SourceId, Source> _known = FrozenDictionary<SourceId, Source>.Empty;
    private long _vainAt;
    private bool _wasVain;

    public Source? Find(SourceId id) => _known.GetValueOrDefault(id);

    /// <summary>Makes sources known, if the catalogue has them and can be read.</summary>
    public async ValueTask LearnAsync(IReadOnlyCollection<SourceId> ids, CancellationToken cancellationToken)
    {
        if (KnowsAll(ids))
        {
            return;
        }

        await _reading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!KnowsAll(ids) && !(_wasVain && time.GetElapsedTime(_vainAt) < Pause))
            {
                await ReadAsync(cancellationToken).ConfigureAwait(false);
                _wasVain = !KnowsAll(ids);
                _vainAt = time.GetTimestamp();
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        // Updates wait for it, but not for ever.
        using var deadline = new CancellationTokenSource(Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        var reading = AskAsync(either.Token);
        await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (reading.IsCompletedSuccessfully)
        {
            var read = await reading.ConfigureAwait(false);
            _known = read.ToFrozenDictionary(source => source.Id);
            if (cache is not null)
            {
                await cache.PutAsync(read, cancellationToken).ConfigureAwait(false);
            }
        }
        else
        {
            RealtimeLog.SourcesUnavailable(logger, reading.Exception?.InnerException);
            await LearnKeptAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // What is kept may lack sources that are known here.
    private async Task LearnKeptAsync(CancellationToken cancellationToken)
    {
        if (cache is not null && await cache.GetAsync(cancellationToken).ConfigureAwait(false) is { Count: > 0 } kept)
        {
            _known = _known.Values.UnionBy(kept, source => source.Id).ToFrozenDictionary(source => source.Id);
        }
    }

    private async Task<IReadOnlyList<Source>> AskAsync(CancellationToken cancellationToken) =>
        await catalog.GetSourcesAsync(cancellationToken).AsTask().WaitAsync(cancellationToken).ConfigureAwait(false);

    private bool KnowsAll(IReadOnlyCollection<SourceId> ids)
    {
        var known = _known;
        return ids.All(known.ContainsKey);
    }
}
