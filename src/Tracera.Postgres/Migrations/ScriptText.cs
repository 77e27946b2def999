using System.Security.Cryptography;
using System.Text;

namespace Tracera.Postgres;

/// <summary>What a script's text says of itself.</summary>
internal static class ScriptText
{
    private const string NoTransaction = "-- no transaction";

    public static bool IsTransactional(PostgresScript script) => !script.Text.StartsWith(NoTransaction, StringComparison.Ordinal);

    /// <summary>Tells whether a script that was applied is still the same.</summary>
    public static string Checksum(PostgresScript script) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(script.Text.ReplaceLineEndings("\n"))));

    public static List<string> Statements(PostgresScript script, string schema) =>
        SqlSplitter.Split(script.Text.Replace("{schema}", schema, StringComparison.Ordinal));
}
