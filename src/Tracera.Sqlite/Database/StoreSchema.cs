using System.Globalization;

namespace Tracera.Sqlite;

/// <summary>Brings a file to the schema that this version knows, by numbered scripts, each in a transaction of its own.</summary>
internal static class StoreSchema
{
    // "TRCR": tells a store of ours from any other SQLite file.
    private const long ApplicationId = 0x54524352;

    /// <summary>Makes or upgrades the schema.</summary>
    /// <returns>The version that the file had before: 0 for a new one.</returns>
    public static long Apply(SqliteSession session, StoreFiles files)
    {
        var scripts = Scripts();
        var version = session.Run("PRAGMA user_version") ?? 0;
        var foreign = session.Run("PRAGMA application_id") != ApplicationId;
        if (foreign && session.Run("SELECT count(*) FROM sqlite_schema") > 0)
        {
            throw StoreFault.Folder(files.Folder, $"'{files.Database}' is a database of another program. Allowed: an empty folder, or one of Tracera.");
        }

        if (version > scripts.Count)
        {
            throw StoreFault.Folder(
                files.Folder, $"'{files.Database}' has schema {version}, made by a newer version of Tracera. Allowed: schema {scripts.Count} or older.");
        }

        foreach (var (number, name) in scripts.Where(script => script.Number > version))
        {
            session.Transact(
                transaction =>
                {
                    transaction.RunScript(Read(name));
                    transaction.RunScript(string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {number}"));
                    return number;
                },
                writes: true);
        }

        return version;
    }

    private static List<(int Number, string Name)> Scripts() =>
        typeof(StoreSchema).Assembly.GetManifestResourceNames()
            .Where(name => name.Length > 4 && name.AsSpan(0, 4).ContainsAnyExceptInRange('0', '9') is false)
            .Select(name => (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), name))
            .Order()
            .ToList();

    private static string Read(string name)
    {
        using var reader = new StreamReader(typeof(StoreSchema).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
