using System.Text.RegularExpressions;

namespace Tracera.Architecture.Tests.Files;

public sealed partial class RepositoryTests
{
    [Fact]
    public void Files_InTheRepository_NameNoMachinesFolderAndNoPackageSource()
    {
        IReadOnlyList<string>? files = RepositoryTree.GitFiles();
        Assert.SkipWhen(files is null, "not a git work tree");

        Assert.Empty(
            from file in files
            from line in TextLines(file)
            where Forbidden().IsMatch(line.Text)
            select $"{file}:{line.Number}: {line.Text.Trim()}");
    }

    [Theory]
    [InlineData("dotnet run --project samples/ReferenceHost")]
    [InlineData("./test.sh")]
    public void Readme_CommandsToStartWith_StandOnLinesOfTheirOwn(string command) =>
        Assert.Contains(command, File.ReadLines(RepositoryTree.PathOf("README.md")).Select(line => line.Trim()));

    [GeneratedRegex(@"(?<![\w.~-])/(work|root|home/\w+|Users/\w+)/|nuget\.org/v3|registry\.npmjs", RegexOptions.CultureInvariant)]
    private static partial Regex Forbidden();

    private static IEnumerable<(int Number, string Text)> TextLines(string file)
    {
        string text = File.ReadAllText(RepositoryTree.PathOf(file));
        bool isBinary = text.Contains('\0', StringComparison.Ordinal);
        return isBinary ? [] : text.Split('\n').Select((line, index) => (index + 1, line));
    }
}
