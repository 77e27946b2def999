namespace Tracera.Postgres;

/// <summary>The statements of the writers, for one schema of one kind.</summary>
internal sealed class WriterSql(PostgresDatabase database)
{
    public const string CopyStaging = $"COPY tracera_staging ({CopyFormat.Columns}) FROM STDIN (FORMAT BINARY)";

    public const string CreateStaging =
        """
        CREATE TEMPORARY TABLE IF NOT EXISTS tracera_staging (
            observed_at timestamptz, item_id int, source_id int, price numeric, volume numeric, received_at timestamptz
        ) ON COMMIT DELETE ROWS
        """;

    // A server that lost its client must notice, and what is committed must be on disk.
    public const string SetUp =
        """
        SELECT backend_start,
            set_config('tcp_keepalives_idle', '15', false), set_config('tcp_keepalives_interval', '5', false), set_config('tcp_keepalives_count', '3', false),
            set_config('synchronous_commit', CASE current_setting('synchronous_commit') WHEN 'off' THEN 'on' ELSE current_setting('synchronous_commit') END, false)
        FROM pg_stat_activity
        WHERE pid = pg_backend_pid()
        """;

    // Null, where there is no such process any more.
    public const string Terminate =
        "SELECT bool_and(pg_terminate_backend(pid, 500)) FROM pg_stat_activity WHERE pid = $1 AND backend_start = $2";

    public string Copy { get; } = database.Sql($"COPY {{schema}}.tick ({CopyFormat.Columns}) FROM STDIN (FORMAT BINARY)");

    // A part that was recorded under another division of its batch is taken over: its rows are told by their keys.
    public string Claim { get; } = database.Sql(
        $$"""
        WITH claimed AS (
            INSERT INTO {schema}.batch AS known (id, part, parts, written, duplicate, corrected) VALUES ($1, $2, $3, $4, $5, 0)
            ON CONFLICT (id, part) DO UPDATE SET
                parts = excluded.parts, at = now(), written = excluded.written, duplicate = excluded.duplicate, corrected = 0, dead_lettered = 0
            WHERE known.parts <> excluded.parts
            RETURNING 1),
        marked AS (INSERT INTO {schema}.dirty (minute) SELECT timestamptz 'epoch' + minute * interval '1 minute' FROM unnest($6) AS minute)
        SELECT count(*) FROM claimed
        """);

    public string Find { get; } = database.Sql("SELECT written, duplicate, corrected, dead_lettered FROM {schema}.batch WHERE id = $1 AND part = $2");

    public string Record { get; } = database.Sql(
        "UPDATE {schema}.batch SET written = $3, duplicate = $4, corrected = $5, dead_lettered = $6 WHERE id = $1 AND part = $2");

    // What is new goes in first; of the rest, the later receipt of another price or volume wins.
    public string Merge { get; } = database.Sql(
        $$"""
        WITH added AS (
            INSERT INTO {schema}.tick ({{CopyFormat.Columns}})
            SELECT {{CopyFormat.Columns}} FROM tracera_staging
            ON CONFLICT DO NOTHING
            RETURNING observed_at, item_id, source_id),
        known AS (
            SELECT * FROM tracera_staging staged WHERE NOT EXISTS (
                SELECT 1 FROM added WHERE added.observed_at = staged.observed_at AND added.item_id = staged.item_id AND added.source_id = staged.source_id)),
        corrected AS (
            INSERT INTO {schema}.tick AS row ({{CopyFormat.Columns}})
            SELECT {{CopyFormat.Columns}} FROM known
            ON CONFLICT (observed_at, item_id, source_id) DO UPDATE SET
                price = excluded.price, volume = excluded.volume, received_at = excluded.received_at
            WHERE excluded.received_at > row.received_at AND (excluded.price, excluded.volume) IS DISTINCT FROM (row.price, row.volume)
            RETURNING 1)
        SELECT (SELECT count(*) FROM added), (SELECT count(*) FROM corrected)
        """);
}
