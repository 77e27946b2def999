using System.Runtime.CompilerServices;
using Npgsql;
using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>Reads prices from the database.</summary>
internal sealed class PostgresPriceHistory(PostgresDatabase database) : IPriceHistory
{
    private const int SeriesPerRead = 1_024;

    public async ValueTask<Page<Bar>> GetBarsAsync(BarQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        var after = Cursor.Read(Cursor.Bars, query.Page);
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await BarPages.ReadAsync(connection, database, query, after, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<Page<PriceTick>> GetTicksAsync(TickQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        Cursor.Limit(query.Page);
        var after = TickPages.After(query.Page);
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await TickPages.ReadAsync(connection, database, query, after, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask<IReadOnlyList<PriceTick>> GetLatestAsync(
        IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            return await LatestTicks.ReadAsync(connection, database, items, now, cancellationToken).ConfigureAwait(false);
        }
    }

    public async IAsyncEnumerable<SeriesWindow> ReadWindowsAsync(
        IReadOnlyList<SeriesKey> series, Window window, DateTimeOffset now, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(series);
        ArgumentNullException.ThrowIfNull(window);
        var reader = new WindowReader(database, window, now);
        foreach (var part in series.Chunk(SeriesPerRead))
        {
            // No connection is held while the caller works.
            var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                await reader.ReadAsync(connection, part, cancellationToken).ConfigureAwait(false);
            }

            for (var i = 0; i < part.Length; i++)
            {
                yield return reader.WindowOf(part[i]);
            }
        }
    }

    public async IAsyncEnumerable<SeriesKey> ReadSeriesAsync(
        DateTimeOffset receivedSince, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<SeriesKey> found;
        var connection = await OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            found = await LatestTicks.ReceivedSinceAsync(connection, database, SqlText.EndOf(receivedSince), cancellationToken).ConfigureAwait(false);
        }

        foreach (var key in found)
        {
            yield return key;
        }
    }

    // Every read is short, and compiling it would take longer than running it.
    private async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        var command = new NpgsqlCommand("SET jit = off", connection);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        return connection;
    }
}
