using Npgsql;

namespace Tracera.Postgres;

/// <summary>The columns of a tick as they are read, and the tick that they make.</summary>
internal static class TickColumns
{
    public const string List = "item_id, source_id, price, volume, observed_at, received_at";

    public static async Task<List<PriceTick>> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var ticks = new List<PriceTick>();
        var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
        await using (rows.ConfigureAwait(false))
        {
            while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                ticks.Add(Tick(rows));
            }
        }

        return ticks;
    }

    private static PriceTick Tick(NpgsqlDataReader row) => new(
        new ItemId(row.GetInt32(0)),
        new SourceId(row.GetInt32(1)),
        row.GetDecimal(2),
        row.IsDBNull(3) ? null : row.GetDecimal(3),
        UnixTime.ToMicroseconds(row.GetFieldValue<DateTimeOffset>(4)),
        UnixTime.ToMicroseconds(row.GetFieldValue<DateTimeOffset>(5)));
}
