using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace Tracera.Ingestion;

/// <summary>Turns the names and sources of one provider into ids: at once when they are known, in batches through the catalogue when they are not.</summary>
/// <remarks>Belongs to one runner and is called by one cycle at a time. It remembers a bounded number of names and sources.</remarks>
internal sealed class PriceNormalizer(
    string provider, IItemCatalog catalog, IItemMapper? mapper, IngestionOptions options, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan HoldOff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly GenerationCache<ItemKey, ItemId, ItemKeyComparer> _items = new(options.MaxTrackedSeries);
    private readonly SourceCache _sources = new();
    private readonly GuardedMapper _mapper = new(provider, mapper, new PriceChecks(options), logger);
    private readonly SeriesTable _series = new(options.MaxTrackedSeries);
    private long? _awaySince;
    private bool _isRefusalTold;

    /// <summary>The series of a place that was found; valid until the next row is resolved.</summary>
    public ref Series this[int place] => ref _series[place];

    /// <summary>Names the table of the places; another one whenever all are void.</summary>
    public int Table => _series.Id;

    /// <summary>Finds the series of a row that comes in the order of the cycle before.</summary>
    /// <returns>It, valid until the next row is resolved; a null reference when the row is out of turn or not known.</returns>
    public ref Series FindNext(in RawPrice raw)
    {
        if (raw.Name is null || !_sources.TryGet(raw.Source, out var source))
        {
            return ref Unsafe.NullRef<Series>();
        }

        return ref _series.FindNext(raw.Category, raw.Name, source);
    }

    /// <summary>The hash of a row's series; 0 when its source is not known.</summary>
    public uint HashOf(in RawPrice raw) => _sources.TryGet(raw.Source, out var source) ? SeriesTable.Hash(raw.Name, source) : 0;

    /// <summary>Has the processor fetch the first thing that <see cref="TryResolve(in RowOutOfTurn, out int)"/> will need for a row.</summary>
    public void FetchIndex(uint hash) => _series.FetchIndex(hash);

    /// <summary>Has it fetch the rest; best somewhat later, because that waits for the first.</summary>
    public void FetchSeries(uint hash) => _series.FetchSeries(hash);

    /// <summary>Finds the series of a row without asking anybody.</summary>
    /// <returns>Whether it is known; a source of id 0 is one that the catalogue refused.</returns>
    public bool TryResolve(in RawPrice raw, out int place)
    {
        place = -1;
        if (raw.Name is null || raw.Category is null || !_sources.TryGet(raw.Source, out var source))
        {
            return false;
        }

        place = _series.Find(raw.Category, raw.Name, source);
        return place >= 0 || TryAdd(raw.Category, raw.Name, source, out place);
    }

    /// <summary>Finds the series of a row that came out of turn without asking anybody.</summary>
    /// <returns>Whether it is known; a source of id 0 is one that the catalogue refused.</returns>
    public bool TryResolve(in RowOutOfTurn row, out int place)
    {
        place = -1;
        if (!_sources.TryGet(row.Source, out var source))
        {
            return false;
        }

        place = _series.FindByHash(row.Category, row.Name, source, row.Hash);
        return place >= 0 || TryAdd(row.Category, row.Name, source, out place);
    }

    /// <summary>Whether a row's name was asked for last and means nothing to the mapper, or nothing that the catalogue keeps.</summary>
    public bool IsRefused(in RawPrice raw) => _mapper.HasRefused(raw);

    /// <summary>Asks the catalogue for what is not known of some rows. What it cannot answer now stays unknown.</summary>
    public async ValueTask LearnAsync(IReadOnlyList<PendingRow> rows, CancellationToken cancellationToken)
    {
        if (_awaySince is { } since && time.GetElapsedTime(since) < HoldOff)
        {
            return;
        }

        var isThere = await LearnSourcesAsync(rows, cancellationToken).ConfigureAwait(false)
            && await LearnItemsAsync(rows, cancellationToken).ConfigureAwait(false);
        _awaySince = isThere ? null : time.GetTimestamp();
    }

    /// <summary>The same for rows that do not come again: waits for as long as the catalogue is away.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="ended">Ends the wait.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="OperationCanceledException">It is to end, and the rows are not learnt.</exception>
    public async ValueTask LearnWaitingAsync(IReadOnlyList<PendingRow> rows, CancellationToken ended, CancellationToken cancellationToken)
    {
        while (true)
        {
            await LearnAsync(rows, cancellationToken).ConfigureAwait(false);
            if (_awaySince is null)
            {
                return;
            }

            await Task.Delay(HoldOff, time, ended).ConfigureAwait(false);
        }
    }

    private async ValueTask<bool> LearnSourcesAsync(IReadOnlyList<PendingRow> rows, CancellationToken cancellationToken)
    {
        foreach (var descriptor in rows.Select(row => row.Raw.Source).Distinct().Where(source => !_sources.TryGet(source, out _)).ToList())
        {
            var answer = await StoreCall.TryAsync(
                token => catalog.GetOrAddSourceAsync(provider, descriptor, token), Deadline, time, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (answer.Error is InvalidOperationException)
            {
                NormalizerLog.SourceRefused(logger, answer.Error, descriptor.Name, provider);
                _sources.Set(descriptor, default);
            }
            else if (!answer.IsOk)
            {
                NormalizerLog.CatalogAway(logger, answer.Error, provider);
                return false;
            }
            else
            {
                _sources.Set(descriptor, answer.Value!.Id);
            }
        }

        return true;
    }

    private async ValueTask<bool> LearnItemsAsync(IReadOnlyList<PendingRow> rows, CancellationToken cancellationToken)
    {
        var keys = rows.Select(row => new ItemKey(row.Raw.Category, row.Raw.Name))
            .Distinct(new ItemKeyComparer())
            .Where(key => !_items.TryGet(key, out _))
            .ToList();
        var meant = _mapper.Map(keys);
        _isRefusalTold = false;
        return keys.Count == 0 || await LearnItemsAsync(keys, meant, cancellationToken).ConfigureAwait(false);
    }

    // Where the catalogue refuses a name it refuses all that come with it, so that these are asked for in halves until the one is alone.
    private async ValueTask<bool> LearnItemsAsync(List<ItemKey> keys, List<ItemKey> meant, CancellationToken cancellationToken)
    {
        var answer = await StoreCall.TryAsync(
            token => catalog.GetOrAddItemsAsync(meant, token), Deadline, time, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (answer.IsOk)
        {
            for (var i = 0; i < keys.Count; i++)
            {
                _items.Slot(keys[i], out _) = answer.Value![i];
            }

            return true;
        }

        if (answer.Error is CatalogUnavailableException or TimeoutException or IOException)
        {
            NormalizerLog.CatalogAway(logger, answer.Error, provider);
            return false;
        }

        if (keys.Count == 1)
        {
            Refuse(keys[0], answer.Error);
            return true;
        }

        var (half, rest) = (keys.Count / 2, keys.Count - (keys.Count / 2));
        return await LearnItemsAsync(keys.GetRange(0, half), meant.GetRange(0, half), cancellationToken).ConfigureAwait(false)
            && await LearnItemsAsync(keys.GetRange(half, rest), meant.GetRange(half, rest), cancellationToken).ConfigureAwait(false);
    }

    private void Refuse(ItemKey key, Exception? fault)
    {
        _mapper.Refuse(key);
        if (!_isRefusalTold)
        {
            NormalizerLog.NameRefused(logger, fault, key.Name, provider);
            _isRefusalTold = true;
        }
    }

    private bool TryAdd(string category, string name, SourceId source, out int place)
    {
        var isKnown = _items.TryGet(new ItemKey(category, name), out var item);
        place = isKnown ? _series.Add(category, name, source, item) : -1;
        return isKnown;
    }
}
