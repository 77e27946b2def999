using System.Diagnostics;

namespace Tracera.Architecture.Tests;

/// <summary>The work tree these tests were built from.</summary>
internal static class RepositoryTree
{
    public static string Root { get; } = FindRoot();

    /// <summary>Names of the projects under <c>src/</c>, sorted.</summary>
    public static IReadOnlyList<string> Projects { get; } =
        [.. Directory.EnumerateFiles(PathOf("src"), "*.csproj", SearchOption.AllDirectories)
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Order(StringComparer.Ordinal)];

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    /// <summary>The C# files of one project, or of all of <c>src/</c>, without what the build generates.</summary>
    public static IEnumerable<string> SourceFiles(string project = "") =>
        Directory.EnumerateFiles(PathOf("src", project), "*.cs", SearchOption.AllDirectories)
            .Where(file => !IsBuildOutput(file))
            .Order(StringComparer.Ordinal);

    /// <summary>What git tracks or would add, relative to the root; null outside a git work tree.</summary>
    public static IReadOnlyList<string>? GitFiles()
    {
        if (!Path.Exists(PathOf(".git")))
        {
            return null;
        }

        var start = new ProcessStartInfo("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            WorkingDirectory = Root,
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return [.. output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Distinct().Where(file => File.Exists(PathOf(file)))];
    }

    private static bool IsBuildOutput(string file) =>
        Relative(file).Split('/') is [_, _, "bin" or "obj", ..];

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tracera.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds Tracera.sln.");
    }
}
