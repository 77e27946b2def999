using System.Collections.Frozen;
using Microsoft.Extensions.Logging;

namespace Tracera.AspNetCore;

/// <summary>Keeps the catalogue's sources, which are few, so that naming them costs a query only now and then.</summary>
/// <remarks>Thread-safe. Sources never change and are never removed, so what was read once goes on to hold while the catalogue is away.</remarks>
internal sealed class SourceDirectory(IItemCatalog catalog, TimeProvider time, ILogger<SourceDirectory> logger)
{
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(10);
    private readonly Outage _outage = new(time);
    private volatile Reading? _last;

    /// <summary>Every source there is; new ones appear within seconds.</summary>
    public async ValueTask<FrozenDictionary<SourceId, Source>> GetAllAsync(CancellationToken cancellationToken)
    {
        if (_last is { } last && time.GetElapsedTime(last.Timestamp) < MaxAge)
        {
            return last.Sources;
        }

        try
        {
            return await RefreshAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (CatalogUnavailableException exception) when (_last is not null)
        {
            if (_outage.Begins())
            {
                ApiLog.SourcesKept(logger, exception);
            }

            return _last.Sources;
        }
    }

    /// <summary>Puts the source beside each tick. Ticks of sources that the catalogue does not know are left out, and logged.</summary>
    public async ValueTask<IReadOnlyList<SourcedTick>> NameAsync(IReadOnlyList<PriceTick> ticks, CancellationToken cancellationToken)
    {
        if (ticks.Count == 0)
        {
            return [];
        }

        if (_last?.Sources is { } known && AreKnown(ticks, known))
        {
            return new NamedTicks(ticks, known);
        }

        var sources = await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return Known(ticks, sources);
    }

    /// <summary>The same, but while the catalogue is away with what is known of it.</summary>
    /// <returns>The ticks, and whether ticks may be missing whose sources are not known yet.</returns>
    /// <exception cref="CatalogUnavailableException">The sources were never read.</exception>
    public async ValueTask<(IReadOnlyList<SourcedTick> Ticks, bool IsPart)> NameKnownAsync(IReadOnlyList<PriceTick> ticks, CancellationToken cancellationToken)
    {
        try
        {
            return (await NameAsync(ticks, cancellationToken).ConfigureAwait(false), false);
        }
        catch (CatalogUnavailableException) when (_last is not null)
        {
            return (Known(ticks, _last.Sources), true);
        }
    }

    private NamedTicks Known(IReadOnlyList<PriceTick> ticks, FrozenDictionary<SourceId, Source> sources)
    {
        List<PriceTick> named = [.. ticks.Where(tick => sources.ContainsKey(tick.Source))];
        if (named.Count < ticks.Count)
        {
            ApiLog.UnknownSources(logger, ticks.Count - named.Count);
        }

        return new NamedTicks(named, sources);
    }

    /// <summary>Reads the sources anew.</summary>
    public async ValueTask<FrozenDictionary<SourceId, Source>> RefreshAsync(CancellationToken cancellationToken)
    {
        var read = await catalog.GetSourcesAsync(cancellationToken).ConfigureAwait(false);
        var sources = read.ToFrozenDictionary(source => source.Id);
        _last = new Reading(sources, time.GetTimestamp());
        return sources;
    }

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

    private sealed record Reading(FrozenDictionary<SourceId, Source> Sources, long Timestamp);
}
