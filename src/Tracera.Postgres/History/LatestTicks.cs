using Npgsql;

namespace Tracera.Postgres;

/// <summary>Finds the latest ticks of items, and the series that were received lately.</summary>
/// <remarks>
/// The latest table holds what was rolled up; ticks of minutes that still wait for that are looked at themselves. A reader whose clock is behind the newest rolled up
/// tick of a series searches that series in its ticks.
/// </remarks>
internal static class LatestTicks
{
    // The sum hides the list from the index: within a minute one pass over the items' range is shorter than a search for each.
    private const string Latest =
        $$"""
        WITH rolled AS MATERIALIZED (
            SELECT {{TickColumns.List}} FROM {schema}.latest WHERE item_id = ANY ($1)
        ), found AS (
            SELECT {{TickColumns.List}} FROM rolled WHERE observed_at <= $2
            UNION ALL
            SELECT t.* FROM rolled l CROSS JOIN LATERAL (
                SELECT {{TickColumns.List}} FROM {schema}.tick
                WHERE item_id = l.item_id AND source_id = l.source_id AND observed_at <= $2 ORDER BY observed_at DESC LIMIT 1) t
            WHERE l.observed_at > $2
            UNION ALL
            SELECT t.* FROM (SELECT bucket FROM {schema}.dirty_1m WHERE bucket <= $2 OFFSET 0) d CROSS JOIN LATERAL (
                SELECT {{TickColumns.List}} FROM {schema}.tick
                WHERE observed_at >= d.bucket AND observed_at < d.bucket + interval '1 minute' AND observed_at <= $2
                  AND item_id BETWEEN $3 AND $4 AND item_id + 0 = ANY ($1) OFFSET 0) t)
        SELECT DISTINCT ON (item_id, source_id) {{TickColumns.List}} FROM found ORDER BY item_id, source_id, observed_at DESC, received_at DESC
        """;

    private const string Received =
        """
        SELECT item_id, source_id FROM {schema}.latest WHERE last_received_at >= $1
        UNION
        SELECT t.item_id, t.source_id FROM (SELECT bucket FROM {schema}.dirty_1m OFFSET 0) d CROSS JOIN LATERAL (
            SELECT item_id, source_id FROM {schema}.tick
            WHERE observed_at >= d.bucket AND observed_at < d.bucket + interval '1 minute' AND received_at >= $1 OFFSET 0) t
        ORDER BY item_id, source_id
        """;

    public static async Task<IReadOnlyList<PriceTick>> ReadAsync(
        NpgsqlConnection connection, PostgresDatabase database, IReadOnlyList<ItemId> items, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ids = items.Select(static item => item.Value).Distinct().Order().ToArray();
        if (ids.Length == 0)
        {
            return [];
        }

        var command = new NpgsqlCommand(database.Sql(Latest), connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = ids });
            command.Parameters.Add(PgTime.Parameter(UnixTime.ToMicroseconds(now)));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ids[0] });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = ids[^1] });
            return await TickColumns.ReadAsync(command, cancellationToken).ConfigureAwait(false);
        }
    }

    public static async Task<List<SeriesKey>> ReceivedSinceAsync(
        NpgsqlConnection connection, PostgresDatabase database, long since, CancellationToken cancellationToken)
    {
        var found = new List<SeriesKey>();
        var command = new NpgsqlCommand(database.Sql(Received), connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(PgTime.Parameter(since));
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    found.Add(new SeriesKey(new ItemId(rows.GetInt32(0)), new SourceId(rows.GetInt32(1))));
                }
            }
        }

        return found;
    }
}
