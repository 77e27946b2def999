using Npgsql;

namespace Tracera.Postgres;

/// <summary>One connection that looks at a schema and changes it.</summary>
internal sealed class MigrationSession(NpgsqlConnection connection, string schemaName, TimeSpan timeout)
{
    public string Schema { get; } = SchemaName.Quote(schemaName);

    public NpgsqlConnection Connection => connection;

    public async Task RunAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<bool> AskAsync(string sql, CancellationToken cancellationToken, params object[] values)
    {
        var command = Command(sql, values);
        await using (command.ConfigureAwait(false))
        {
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) is true;
        }
    }

    public Task<bool> HasScriptTableAsync(CancellationToken cancellationToken) =>
        AskAsync("SELECT to_regclass($1) IS NOT NULL", cancellationToken, $"{Schema}.script");

    public Task<bool> HasSchemaAsync(CancellationToken cancellationToken) =>
        AskAsync("SELECT to_regnamespace($1) IS NOT NULL", cancellationToken, Schema);

    /// <summary>What the server offers: the extension, in this database, under the licence that has aggregates and policies.</summary>
    public async Task<StoreKind> DetectAsync(CancellationToken cancellationToken) => await AskAsync(
        "SELECT EXISTS (SELECT 1 FROM pg_extension WHERE extname = 'timescaledb') AND coalesce(current_setting('timescaledb.license', true), '') = 'timescale'",
        cancellationToken).ConfigureAwait(false)
        ? StoreKind.Timescale
        : StoreKind.Plain;

    public async Task<List<AppliedScript>> ReadScriptsAsync(CancellationToken cancellationToken) =>
        await HasScriptTableAsync(cancellationToken).ConfigureAwait(false)
            ? await ScriptTable.ReadAsync(connection, Schema, cancellationToken).ConfigureAwait(false)
            : [];

    private NpgsqlCommand Command(string sql, object[] values)
    {
        var command = new NpgsqlCommand(sql.Replace("{schema}", Schema, StringComparison.Ordinal), connection)
        {
            CommandTimeout = (int)Math.Ceiling(timeout.TotalSeconds),
        };
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }
}
