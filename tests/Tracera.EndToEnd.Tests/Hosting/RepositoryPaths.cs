namespace Tracera.EndToEnd.Tests;

/// <summary>Where things are in this checkout.</summary>
internal static class RepositoryPaths
{
#if DEBUG
    public const string Configuration = "Debug";
#else
    public const string Configuration = "Release";
#endif

    public static string Root { get; } = FindRoot();

    public static string HostFolder { get; } = Path.Combine(Root, "samples", "ReferenceHost");

    public static string HostAssembly { get; } =
        Path.Combine(HostFolder, "bin", Configuration, "net10.0", "ReferenceHost.dll");

    public static string LoadAssembly { get; } =
        Path.Combine(Root, "benchmarks", "Tracera.Load", "bin", Configuration, "net10.0", "Tracera.Load.dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tracera.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No Tracera.sln above {AppContext.BaseDirectory}.");
        }

        return folder.FullName;
    }
}
