using Microsoft.Extensions.Logging;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Figures;

/// <summary>Where computed figures go: all of them to the cache, those that say something new to the publisher if there is one.</summary>
/// <remarks>
/// What the cache throws propagates. A publisher is best-effort: its faults are counted, logged once an episode, and what it did not take is news again when it is
/// computed again.
/// </remarks>
internal sealed class FigureOutlet(
    SeriesBook book, IVolatilityCache cache, VolatilityMeter meter, ILogger<FigureOutlet> logger, IUpdatePublisher? publisher = null)
{
    private bool _publisherIsAway;

    /// <summary>Delivers figures.</summary>
    /// <param name="snapshots">The figures; not used after the call.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are delivered.</returns>
    public async ValueTask DeliverAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        await cache.StoreAsync(snapshots, cancellationToken).ConfigureAwait(false);
        var news = snapshots.Where(book.IsNews).ToArray();
        var publish = PublishAsync(news, cancellationToken);
        await publish.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (news.Length > 0)
        {
            Note(publish, news.Length);
        }

        book.Remember(snapshots, publish.IsCompletedSuccessfully);
    }

    private async Task PublishAsync(VolatilitySnapshot[] news, CancellationToken cancellationToken)
    {
        if (publisher is not null && news.Length > 0)
        {
            await publisher.PublishAsync(news, cancellationToken).ConfigureAwait(false);
            meter.Published(news.Length);
        }
    }

    private void Note(Task publish, int count)
    {
        var wasAway = _publisherIsAway;
        _publisherIsAway = !publish.IsCompletedSuccessfully;
        if (!_publisherIsAway)
        {
            if (wasAway)
            {
                FiguresLog.PublishedAgain(logger);
            }

            return;
        }

        meter.Unpublished(count);
        if (!wasAway)
        {
            FiguresLog.Unpublished(logger, publish.Exception?.InnerException);
        }
    }
}
