using System.Runtime.CompilerServices;
using Tracera.Shared;

namespace Tracera.Sqlite;

/// <summary>Reads prices from the store's file.</summary>
internal sealed class SqlitePriceHistory(SqliteDatabase database) : IPriceHistory
{
    private const int SeriesPerRead = 128;

    public async ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        var after = Cursor.Read(Cursor.Bars, query.Page);
        return await database.ReadAsync(session => BarPages.Read(session, query, after, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        var after = TickPages.After(query.Page);
        return await database.ReadAsync(session => TickPages.Read(session, query, after, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(
        IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = UnixTime.ToMicroseconds(now);
        return await database.ReadAsync(session => new LatestTicks(session).Read(items, at, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public async IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // No connection is held while the caller works: a slow one would keep the log from being folded in.
        foreach (var part in series.Chunk(SeriesPerRead))
        {
            var windows = await database
                .ReadAsync(session => new WindowReader(session, part, window, now).Read(cancellationToken), cancellationToken)
                .ConfigureAwait(false);
            foreach (var read in windows)
            {
                yield return read;
            }
        }
    }

    public async IAsyncEnumerable<SeriesKey> ReadSeriesAsync(
        DateTimeOffset receivedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var since = UnixTime.ToMicroseconds(receivedSince);
        since += UnixTime.FromMicroseconds(since) < receivedSince ? 1 : 0;
        var series = await database.ReadAsync(session => new SeriesTable(session).ReceivedSince(since), cancellationToken).ConfigureAwait(false);
        foreach (var key in series)
        {
            yield return key;
        }
    }
}
