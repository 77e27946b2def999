using Tracera.EndToEnd.Tests;

namespace Tracera.Samples.Tests.Documents;

/// <summary>Counts lines that hold code: not blank and not a comment.</summary>
internal static class CodeLines
{
    public static int In(params IEnumerable<string> parts)
    {
        var path = Path.Combine([RepositoryPaths.Root, "samples", .. parts]);
        var files = File.Exists(path) ? [path] : Directory.GetFiles(path, "*.cs");
        Assert.NotEmpty(files);
        return files.SelectMany(File.ReadLines).Select(line => line.Trim()).Count(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal));
    }
}
