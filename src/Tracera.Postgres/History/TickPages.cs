using System.Globalization;
using Npgsql;
using Tracera.Shared;

namespace Tracera.Postgres;

/// <summary>Reads the ticks of one item.</summary>
internal static class TickPages
{
    private const string Sql =
        $$"""
        SELECT {{TickColumns.List}} FROM {schema}.tick
        WHERE item_id = $1 AND observed_at >= $2 AND observed_at < $3 AND ($4 = 0 OR source_id = $4)
          AND (observed_at > $2 OR source_id > $5)
        ORDER BY observed_at, source_id LIMIT $6
        """;

    /// <summary>The last tick of the page before, by observed time and source.</summary>
    public static (long ObservedAt, int Source)? After(PageRequest page)
    {
        if (Cursor.ReadPair(Cursor.Ticks, page) is not { } pair)
        {
            return null;
        }

        return int.TryParse(pair.Second, NumberStyles.None, CultureInfo.InvariantCulture, out var source) ? (pair.First, source) : throw Cursor.Bad(page);
    }

    public static async Task<Page<PriceTick>> ReadAsync(
        NpgsqlConnection connection, PostgresDatabase database, TickQuery query, (long ObservedAt, int Source)? after, CancellationToken cancellationToken)
    {
        var from = Math.Max(SqlText.EndOf(query.From), after?.ObservedAt ?? long.MinValue);
        var command = new NpgsqlCommand(database.Sql(Sql), connection);
        await using (command.ConfigureAwait(false))
        {
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.Item.Value });
            command.Parameters.Add(PgTime.Parameter(from));
            command.Parameters.Add(PgTime.Parameter(SqlText.EndOf(query.To)));
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = query.Source?.Value ?? 0 });
            command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = after?.ObservedAt == from ? after.Value.Source : -1 });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = query.Page.Limit + 1L });
            var rows = await TickColumns.ReadAsync(command, cancellationToken).ConfigureAwait(false);
            return Cursor.Cut(
                rows, query.Page, static last => Cursor.Write(Cursor.Ticks, last.ObservedAtMicroseconds, last.Source.ToString()));
        }
    }
}
