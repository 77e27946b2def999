namespace Tracera.Volatility.Tests.Support;

/// <summary>Finds the data that stands beside the repository.</summary>
internal static class SharedData
{
    /// <summary>The path of a file; skips the test where it is absent.</summary>
    public static string Require(string name)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(Path.Combine(root.FullName, "Tracera.sln")))
        {
            root = root.Parent;
        }

        var path = Path.Combine(root?.FullName ?? ".", "..", "shared", "data", name);
        Assert.SkipUnless(File.Exists(path), $"The shared data file {name} is absent.");
        return path;
    }
}
