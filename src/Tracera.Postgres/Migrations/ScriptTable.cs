using Npgsql;

namespace Tracera.Postgres;

/// <summary>The schema's table of the scripts that were applied. <c>steps</c> counts the statements that were committed; null once all were.</summary>
internal static class ScriptTable
{
    public const string Create =
        """
        CREATE TABLE IF NOT EXISTS {schema}.script (
            set_name   text        NOT NULL,
            version    int         NOT NULL,
            name       text        NOT NULL,
            kind       text        NOT NULL,
            checksum   text        NOT NULL,
            steps      int,
            applied_at timestamptz NOT NULL DEFAULT now(),
            PRIMARY KEY (set_name, version)
        )
        """;

    public const string Put =
        """
        INSERT INTO {schema}.script (set_name, version, name, kind, checksum, steps) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (set_name, version) DO UPDATE SET steps = excluded.steps, applied_at = now()
        """;

    public static async Task<List<AppliedScript>> ReadAsync(NpgsqlConnection connection, string schema, CancellationToken cancellationToken)
    {
        var applied = new List<AppliedScript>();
        var command = new NpgsqlCommand($"SELECT set_name, version, kind, checksum, steps FROM {schema}.script", connection);
        await using (command.ConfigureAwait(false))
        {
            var rows = await command.ExecuteReaderAsync(cancellationToken).ConfigureAwait(false);
            await using (rows.ConfigureAwait(false))
            {
                while (await rows.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    applied.Add(new AppliedScript(
                        rows.GetString(0), rows.GetInt32(1), Enum.Parse<StoreKind>(rows.GetString(2), ignoreCase: true), rows.GetString(3), rows[4] as int?));
                }
            }
        }

        return applied;
    }
}
