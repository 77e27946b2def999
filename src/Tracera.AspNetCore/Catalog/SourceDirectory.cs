using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Tracera.AspNetCore;

/// <summary>Keeps the catalogue's sources, which are few, so that naming them costs a query only now and then.</summary>
/// <remarks>
/// Thread-safe. Sources never change and are never removed, so what was read once goes on to hold while the catalogue is away; a host that has read nothing yet finds them
/// beside the latest prices, where another one has kept them.
/// </remarks>
internal sealed class SourceDirectory(IItemCatalog catalog, TimeProvider time, ILogger<SourceDirectory> logger, ISourceCache? cache = null)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);
    private readonly Outage _outage = new(time);
    private volatile Reading? _last;

    /// <summary>Every source there is; new ones appear within seconds.</summary>
    /// <exception cref="CatalogUnavailableException">The sources are nowhere to be read.</exception>
    public async ValueTask<FrozenDictionary<SourceId, Source>> GetAllAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.Timestamp) < MaxAge)
        {
            return last.Sources;
        }

        return (await ReadKnownAsync(cancellationToken).ConfigureAwait(false)).Sources;
    }

    /// <summary>Puts the source beside each tick. Ticks of sources that the catalogue does not know are left out, and logged.</summary>
    /// <exception cref="CatalogUnavailableException">A source is not known, and the catalogue is away.</exception>
    public async ValueTask<IReadOnlyList<SourcedTick>> NameAsync(IReadOnlyList<PriceTick> ticks, CancellationToken cancellationToken)
    {
        var (named, isPart) = await NameKnownAsync(ticks, cancellationToken).ConfigureAwait(false);
        return isPart ? throw new CatalogUnavailableException() : named;
    }

    /// <summary>The same, but while the catalogue is away with what is known of it.</summary>
    /// <returns>The ticks, and whether some are missing whose sources are not known yet.</returns>
    /// <exception cref="CatalogUnavailableException">The sources are nowhere to be read.</exception>
    public async ValueTask<(IReadOnlyList<SourcedTick> Ticks, bool IsPart)> NameKnownAsync(IReadOnlyList<PriceTick> ticks, CancellationToken cancellationToken)
    {
        if (ticks.Count == 0)
        {
            return ([], false);
        }

        if (_last?.Sources is { } known && AreKnown(ticks, known))
        {
            return (new NamedTicks(ticks, known), false);
        }

        var reading = await ReadKnownAsync(cancellationToken).ConfigureAwait(false);
        List<PriceTick> named = [.. ticks.Where(tick => reading.Sources.ContainsKey(tick.Source))];
        if (named.Count < ticks.Count)
        {
            ApiLog.UnknownSources(logger, ticks.Count - named.Count);
        }

        return (new NamedTicks(named, reading.Sources), reading.IsKept && named.Count < ticks.Count);
    }

    /// <summary>Reads the sources anew.</summary>
    /// <exception cref="CatalogUnavailableException">The catalogue is away.</exception>
    public async ValueTask<FrozenDictionary<SourceId, Source>> RefreshAsync(CancellationToken cancellationToken)
    {
        var read = await catalog.GetSourcesAsync(cancellationToken).ConfigureAwait(false);
        if (cache is not null)
        {
            await cache.PutAsync(read, cancellationToken).ConfigureAwait(false);
        }

        return Remember(read).Sources;
    }

    private async ValueTask<Reading> ReadKnownAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new Reading(await RefreshAsync(cancellationToken).ConfigureAwait(false), time.GetTimestamp(), IsKept: false);
        }
        catch (CatalogUnavailableException exception)
        {
            var kept = cache is null ? [] : await cache.GetAsync(cancellationToken).ConfigureAwait(false);
            var known = kept.Count > 0 ? Remember((_last?.Sources.Values ?? []).UnionBy(kept, source => source.Id)) : _last;
            if (known is null)
            {
                throw;
            }

            if (_outage.Begins())
            {
                ApiLog.SourcesKept(logger, exception);
            }

            return known with { IsKept = true };
        }
    }

    private Reading Remember(IEnumerable<Source> sources) =>
        _last = new Reading(sources.ToFrozenDictionary(source => source.Id), time.GetTimestamp(), IsKept: false);

    private static bool AreKnown(IReadOnlyList<PriceTick> ticks, FrozenDictionary<SourceId, Source> sources)
    {
        for (var i = 0; i < ticks.Count; i++)
        {
            if (!sources.ContainsKey(ticks[i].Source))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The sources that are known.</summary>
    /// <param name="Sources">The sources by id.</param>
    /// <param name="Timestamp">When they were read.</param>
    /// <param name="IsKept">Whether the catalogue was away, so that some may be missing.</param>
    private sealed record Reading(FrozenDictionary<SourceId, Source> Sources, long Timestamp, bool IsKept);
}
