namespace Tracera.Postgres;

/// <summary>How a dead letter is added, by the log and by the sink in its own transaction.</summary>
internal static class DeadLetterSql
{
    public const string Add =
        """
        INSERT INTO {schema}.dead_letter (sink, run_id, provider, item_id, source_id, price, volume, observed_at, received_at, sqlstate, detail, refused_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING
        """;

    public static object?[] Values(DeadLetter letter) =>
    [
        letter.Sink,
        letter.RunId.Value,
        letter.Provider,
        letter.Tick.Item.Value,
        letter.Tick.Source.Value,
        letter.Tick.Price,
        letter.Tick.Volume,
        letter.Tick.ObservedAt.UtcDateTime,
        letter.Tick.ReceivedAt.UtcDateTime,
        letter.Reason,
        letter.Detail,
        letter.At.UtcDateTime,
    ];
}
