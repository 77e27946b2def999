using System.Globalization;
using System.Text;

namespace Tracera.Postgres;

/// <summary>The store's schema as text, for a tool of the app's own.</summary>
public static class PostgresMigrations
{
    /// <summary>Everything that makes a new schema, or completes an older one, as one script for <c>psql</c>.</summary>
    /// <remarks>It records what it applies, so that <see cref="MigrationMode.Verify"/> agrees afterwards. Scripts that were applied are skipped.</remarks>
    /// <param name="schema">The schema, as <see cref="PostgresOptions.Schema"/> allows it.</param>
    /// <param name="kind">What the schema is for.</param>
    /// <returns>SQL and <c>psql</c> commands.</returns>
    /// <exception cref="ArgumentException">The schema's name is not allowed.</exception>
    public static string GetMigrationScript(string schema = PostgresOptions.DefaultSchema, StoreKind kind = StoreKind.Plain)
    {
        var quoted = SchemaName.Quote(schema);
        var text = new StringBuilder("\\set ON_ERROR_STOP on\n");
        text.Append(CultureInfo.InvariantCulture, $"CREATE SCHEMA IF NOT EXISTS {quoted};\n{ScriptTable.Create.Replace("{schema}", quoted, StringComparison.Ordinal)};\n");
        foreach (var script in StoreScripts.For(kind).Scripts)
        {
            Append(text, quoted, kind, script);
        }

        return text.ToString();
    }

    /// <summary>The rights that a role needs which only runs the store, with <see cref="MigrationMode.Verify"/> or <see cref="MigrationMode.Off"/>.</summary>
    /// <remarks>
    /// To be run by the schema's owner after the migrations, and again after later ones. What needs the owner's rights, partitions and their indexes, the role has done
    /// by functions of the schema; a day gets its index by item at <see cref="PostgresOptions.CompressAfter"/>, and not an hour after its end.
    /// </remarks>
    /// <param name="role">An existing role: 1 to 48 lower-case letters, digits and <c>_</c>.</param>
    /// <param name="schema">The schema.</param>
    /// <returns>SQL.</returns>
    /// <exception cref="ArgumentException">A name is not allowed.</exception>
    public static string GetRoleScript(string role, string schema = PostgresOptions.DefaultSchema)
    {
        var (grantee, quoted) = (SchemaName.Quote(role), SchemaName.Quote(schema));
        return $"""
            GRANT USAGE ON SCHEMA {quoted} TO {grantee};
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {quoted} TO {grantee};
            REVOKE INSERT, UPDATE, DELETE ON {quoted}.script FROM {grantee};
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA {quoted} TO {grantee};
            GRANT EXECUTE ON ALL ROUTINES IN SCHEMA {quoted} TO {grantee};

            """.ReplaceLineEndings("\n");
    }

    private static void Append(StringBuilder text, string schema, StoreKind kind, PostgresScript script)
    {
        var record = string.Create(
            CultureInfo.InvariantCulture,
            $"INSERT INTO {schema}.script (set_name, version, name, kind, checksum) VALUES ('{StoreScripts.SetName}', {script.Version}, '{script.Name}', '{kind}', '{ScriptText.Checksum(script)}')");
        text.Append(CultureInfo.InvariantCulture, $"\n-- {script.Version:0000}_{script.Name}\n");
        text.Append(CultureInfo.InvariantCulture, $"SELECT NOT EXISTS (SELECT 1 FROM {schema}.script WHERE set_name = '{StoreScripts.SetName}' AND version = {script.Version}) AS pending \\gset\n");
        text.Append("\\if :pending\n");
        var isTransactional = ScriptText.IsTransactional(script);
        text.Append(isTransactional ? "BEGIN;\n" : string.Empty);
        foreach (var statement in ScriptText.Statements(script, schema))
        {
            text.Append(statement).Append(";\n");
        }

        text.Append(record).Append(";\n");
        text.Append(isTransactional ? "COMMIT;\n" : string.Empty).Append("\\endif\n");
    }
}
