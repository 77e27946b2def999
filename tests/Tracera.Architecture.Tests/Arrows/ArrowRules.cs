namespace Tracera.Architecture.Tests.Arrows;

/// <summary>Who may use whom, as docs/architecture.md draws it.</summary>
internal static class ArrowRules
{
    private const string Abstractions = "Tracera.Abstractions";

    /// <summary>Packages that stay behind one adapter.</summary>
    private static readonly Dictionary<string, string> PackageHomes = new()
    {
        ["Npgsql"] = "Tracera.Postgres",
        ["StackExchange.Redis"] = "Tracera.Redis",
        ["Microsoft.Data.Sqlite"] = "Tracera.Sqlite",
        ["SQLitePCLRaw"] = "Tracera.Sqlite",
        ["RabbitMQ.Client"] = "Tracera.RabbitMq",
        ["Polly"] = "Tracera.Http",
    };

    private static readonly string[] AspNetCoreHomes = ["Tracera.AspNetCore", "Tracera.Realtime"];

    /// <summary>Everything stands on the abstractions; providers also on the HTTP chain; siblings never on each other.</summary>
    public static bool MayReference(string project, string other) => (project, other) switch
    {
        (Abstractions, _) => false,
        (_, Abstractions) => true,
        ("Tracera.Providers", "Tracera.Http") => true,
        _ => false,
    };

    /// <summary>Whether a project may use a package or an assembly of that name.</summary>
    public static bool MayUse(string project, string package)
    {
        if (PackageHomes.Keys.FirstOrDefault(prefix => IsOrIsUnder(package, prefix)) is { } home)
        {
            return PackageHomes[home] == project;
        }

        return !IsOrIsUnder(package, "Microsoft.AspNetCore") || MayUseAspNetCore(project);
    }

    public static bool MayUseAspNetCore(string project) => AspNetCoreHomes.Contains(project);

    /// <summary>The abstractions list only abstractions, so that a plug-in author drags nothing in.</summary>
    public static bool MayList(string project, string package) =>
        project != Abstractions
        || (IsOrIsUnder(package, "Microsoft.Extensions") && package.EndsWith(".Abstractions", StringComparison.Ordinal));

    private static bool IsOrIsUnder(string name, string prefix) =>
        name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal);
}
