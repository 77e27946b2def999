namespace Tracera.TestServers;

/// <summary>Finds the server's programs: <c>TRACERA_POSTGRES_BIN</c>, else the newest version among the system's packages, else the search path.</summary>
public static class PostgresInstall
{
    private const int OldestVersion = 15;
    private const string Packages = "/usr/lib/postgresql";

    /// <summary>The folder of <c>initdb</c>, <c>pg_ctl</c> and <c>psql</c>; null when there is none.</summary>
    public static string? BinFolder { get; } = Find();

    /// <summary>Whether TimescaleDB is among the server's libraries.</summary>
    public static bool HasTimescale { get; } = BinFolder is { } bin
        && File.Exists(Path.Combine(Path.GetDirectoryName(bin)!, "lib", "timescaledb.so"));

    /// <summary>Why there is none, for a test that is skipped.</summary>
    public static string Missing => $"PostgreSQL {OldestVersion} or later is not installed (looked in TRACERA_POSTGRES_BIN, {Packages} and PATH).";

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("TRACERA_POSTGRES_BIN") is { Length: > 0 } named)
        {
            return named;
        }

        var versions = Directory.Exists(Packages) ? Directory.GetDirectories(Packages) : [];
        var packaged = versions
            .Select(folder => (Version: int.TryParse(Path.GetFileName(folder), out var version) ? version : 0, Bin: Path.Combine(folder, "bin")))
            .Where(found => found.Version >= OldestVersion)
            .OrderByDescending(found => found.Version)
            .Select(found => found.Bin);
        var path = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator);
        return packaged.Concat(path).FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "pg_ctl")));
    }
}
