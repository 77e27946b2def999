using System.Runtime.CompilerServices;

namespace Tracera.Testing;

/// <summary>The ticks of a store in memory: the durable sink, and what is read from it.</summary>
/// <param name="catalog">Says how the volumes of a source combine.</param>
/// <remarks>Thread-safe. Bars are made from the ticks at every call. A batch that is offered again gives its first outcome. Not bounded: for tests.</remarks>
public sealed class InMemoryHistory(InMemoryCatalog catalog) : IPriceSink, IPriceHistory
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<SeriesKey, SortedList<long, PriceTick>> _series =
        new(Comparer<SeriesKey>.Create((a, b) => (a.Item.Value, a.Source.Value).CompareTo((b.Item.Value, b.Source.Value))));

    private readonly Dictionary<Guid, WriteOutcome> _outcomes = [];

    /// <summary>How many ticks there are.</summary>
    public long Count => Locked(() => _series.Values.Sum(ticks => (long)ticks.Count));

    /// <inheritdoc/>
    public ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(Locked(() =>
        {
            if (_outcomes.TryGetValue(batch.Id, out var outcome))
            {
                return outcome;
            }

            foreach (var tick in batch.Ticks.Span)
            {
                outcome += Write(tick);
            }

            return _outcomes[batch.Id] = outcome;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var from = query.Level.Floor(UnixTime.ToMicroseconds(query.From));
        var to = UnixTime.ToMicroseconds(query.To);
        return new(Cursors.Cut(BarsOf(query.Series, query.Level, from, long.MaxValue).TakeWhile(bar => bar.StartMicroseconds < to), query.Page));
    }

    /// <inheritdoc/>
    public ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var (from, to) = (UnixTime.ToMicroseconds(query.From), UnixTime.ToMicroseconds(query.To));
        var found = Locked(() => _series
            .Where(pair => pair.Key.Item == query.Item && (query.Source is null || pair.Key.Source == query.Source))
            .SelectMany(pair => pair.Value.Values)
            .Where(tick => tick.ObservedAtMicroseconds >= from && tick.ObservedAtMicroseconds < to)
            .OrderBy(tick => tick.ObservedAtMicroseconds)
            .ThenBy(tick => tick.Source)
            .ToList());
        return new(Cursors.Cut(found, query.Page));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var until = UnixTime.ToMicroseconds(now);
        return new(Locked<IReadOnlyList<PriceTick>>(() =>
        [
            .. _series.Where(pair => items.Contains(pair.Key.Item))
                .Select(pair => LastUntil(pair.Value, until))
                .OfType<PriceTick>(),
        ]));
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(window);
        await Task.CompletedTask.ConfigureAwait(false);
        var start = window.StartAt(now);
        var (from, end) = (UnixTime.ToMicroseconds(start), UnixTime.ToMicroseconds(start + window.Length));
        foreach (var key in series)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var bars = BarsOf(key, window.Level, from, end);
            var prior = Locked(() => _series.TryGetValue(key, out var ticks) ? LastUntil(ticks, from) : null);
            var isRecent = prior?.ObservedAt >= start - window.Length;
            yield return new SeriesWindow(key, window, start, bars.ToArray(), isRecent ? prior?.Price : null);
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<SeriesKey> ReadSeriesAsync(DateTimeOffset receivedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        var since = UnixTime.ToMicroseconds(receivedSince);
        foreach (var key in Locked(() => _series.Where(pair => pair.Value.Values.Any(tick => tick.ReceivedAtMicroseconds >= since)).Select(pair => pair.Key).ToList()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return key;
        }
    }

    private static PriceTick? LastUntil(SortedList<long, PriceTick> ticks, long until)
    {
        var index = ticks.Count - 1;
        while (index >= 0 && ticks.GetKeyAtIndex(index) > until)
        {
            index--;
        }

        return index < 0 ? null : ticks.GetValueAtIndex(index);
    }

    private WriteOutcome Write(in PriceTick tick)
    {
        if (!_series.TryGetValue(tick.Series, out var ticks))
        {
            _series.Add(tick.Series, ticks = []);
            catalog.MarkPriced(tick.Series);
        }

        if (ticks.TryAdd(tick.ObservedAtMicroseconds, tick))
        {
            return new WriteOutcome(1);
        }

        var known = ticks[tick.ObservedAtMicroseconds];
        if ((known.Price == tick.Price && known.Volume == tick.Volume) || known.ReceivedAtMicroseconds >= tick.ReceivedAtMicroseconds)
        {
            return new WriteOutcome(0, Duplicate: 1);
        }

        ticks[tick.ObservedAtMicroseconds] = tick;
        return new WriteOutcome(0, Corrected: 1);
    }

    private List<Bar> BarsOf(SeriesKey series, BarLevel level, long from, long to)
    {
        var kind = catalog.VolumeKindOf(series.Source);
        var ticks = Locked(() => _series.TryGetValue(series, out var known)
            ? known.Values.Where(tick => tick.ObservedAtMicroseconds >= from && tick.ObservedAtMicroseconds < to).ToList()
            : []);
        return [.. ticks.GroupBy(tick => level.Floor(tick.ObservedAtMicroseconds)).Select(bucket => InMemoryBars.Of(bucket.Key, [.. bucket], kind))];
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
        {
            return read();
        }
    }
}
