using System.Threading.Channels;

namespace Tracera.Live;

/// <summary>One watcher of prices: a loop keeps the newest tick of each series, the watcher takes them at its own pace.</summary>
/// <remarks>The subscription takes part already, so the snapshot that the loop reads first misses nothing. One caller at a time.</remarks>
internal sealed class PriceWatch(
    IUpdateSubscription subscription, ISnapshotReader reader, IItemCatalog catalog, SeriesNames names, PriceFilter filter)
    : IAsyncDisposable
{
    private const int NamesAtATime = 1_000;
    private readonly ConflatedTicks _ticks = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Channel<bool> _changed =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private Task _reading = Task.CompletedTask;
    private Task _running = Task.CompletedTask;

    public void Start()
    {
        _reading = Task.Run(() => ReadAsync(_stopping.Token), CancellationToken.None);
        _running = SignalEndAsync();
    }

    /// <summary>Waits for the next price that passes the filter.</summary>
    public async ValueTask<ItemPrice> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!_ticks.TryTake(out var tick))
            {
                await WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (await NameAsync(tick, cancellationToken).ConfigureAwait(false) is { } price)
            {
                if (filter.Matches(price.Item, price.Source))
                {
                    return price;
                }

                _ticks.Ignore(tick.Series);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stopping.Dispose();
    }

    private async ValueTask<ItemPrice?> NameAsync(PriceTick tick, CancellationToken cancellationToken)
    {
        if (names.Find(tick) is { } known)
        {
            return known;
        }

        await names.LearnAsync(catalog, [tick.Series, .. _ticks.Peek(NamesAtATime)], cancellationToken).ConfigureAwait(false);
        return names.Find(tick);
    }

    private async ValueTask WaitAsync(CancellationToken cancellationToken)
    {
        if (!await _changed.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            await _reading.ConfigureAwait(false);
            throw new InvalidOperationException("The source of the updates ended the subscription.");
        }

        _ = _changed.Reader.TryRead(out _);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        await ReadSnapshotAsync(cancellationToken).ConfigureAwait(false);
        await foreach (var batch in subscription.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (batch.Gap)
            {
                await ReadSnapshotAsync(cancellationToken).ConfigureAwait(false);
            }

            Offer(batch.Prices.Span);
        }
    }

    private async Task ReadSnapshotAsync(CancellationToken cancellationToken)
    {
        var snapshot = await reader.ReadAllAsync(cancellationToken).ConfigureAwait(false);
        Offer(snapshot.Prices.ToArray());
    }

    private void Offer(ReadOnlySpan<PriceTick> ticks)
    {
        if (!ticks.IsEmpty)
        {
            _ticks.Offer(ticks);
            _ = _changed.Writer.TryWrite(true);
        }
    }

    private async Task SignalEndAsync()
    {
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ = _changed.Writer.TryComplete();
    }
}
