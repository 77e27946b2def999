using System.Runtime.CompilerServices;

namespace Tracera.Ingestion.Tests.Live;

/// <summary>A store of latest ticks that can be away.</summary>
internal sealed class FakeHistory : IPriceHistory
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<PriceTick> Ticks { get; } = [];

    /// <summary>Whether a call fails.</summary>
    public bool IsAway { get; set; }

    /// <summary>Whether the list of series waits for <see cref="Open"/>.</summary>
    public bool IsSlow { get; set; }

    public List<DateTimeOffset> Listings { get; } = [];

    public void Open() => _opened.TrySetResult();

    public ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(
        IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Assert.InRange(items.Distinct().Count(), 1, 1_000);
        ThrowIfAway();
        var until = UnixTime.ToMicroseconds(now);
        return ValueTask.FromResult<IReadOnlyList<PriceTick>>(
        [
            .. Ticks.Where(tick => items.Contains(tick.Item) && tick.ObservedAtMicroseconds <= until)
                .GroupBy(tick => tick.Series)
                .Select(series => series.MaxBy(tick => tick.ObservedAtMicroseconds))
                .OrderBy(tick => tick.Item)
                .ThenBy(tick => tick.Source),
        ]);
    }

    public async IAsyncEnumerable<SeriesKey> ReadSeriesAsync(DateTimeOffset receivedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Listings.Add(receivedSince);
        ThrowIfAway();
        if (IsSlow)
        {
            await _opened.Task.WaitAsync(cancellationToken);
        }

        foreach (var series in Ticks.Where(tick => tick.ReceivedAt >= receivedSince).Select(tick => tick.Series).Distinct().OrderBy(key => key.Item))
        {
            yield return series;
        }
    }

    public ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void ThrowIfAway()
    {
        if (IsAway)
        {
            throw new IOException("The store is away.");
        }
    }
}
