using System.Text.RegularExpressions;
using Tracera.EndToEnd.Tests;

namespace Tracera.Samples.Tests.Documents;

/// <summary>Code in the documentation is code of the repository, which is built and tested: each block names its file and stands in it, word for word.</summary>
public sealed partial class SnippetTests
{
    private static readonly string Docs = Path.Combine(RepositoryPaths.Root, "docs");

    /// <summary>The pages of the documentation, and those that packages are shipped with.</summary>
    public static TheoryData<string> Pages =>
    [
        .. Directory.EnumerateFiles(Docs, "*.md", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateDirectories(Path.Combine(RepositoryPaths.Root, "src")).Select(package => Path.Combine(package, "README.md")).Where(File.Exists))
            .Select(page => Path.GetRelativePath(Docs, page)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_EveryBlockOfCode_StandsInTheFileItNames(string page)
    {
        var stop = TestContext.Current.CancellationToken;
        var text = (await File.ReadAllTextAsync(Path.Combine(Docs, page), stop)).ReplaceLineEndings("\n");
        var blocks = Block().Matches(text);

        Assert.Equal(Fence().Count(text), blocks.Count(block => block.Groups["file"].Success));
        foreach (var block in blocks.AsEnumerable())
        {
            var file = Path.Combine(RepositoryPaths.Root, block.Groups["file"].Value);
            var lines = (await File.ReadAllLinesAsync(file, stop)).Select(line => line.Trim());
            var wanted = block.Groups["code"].Value.TrimEnd('\n').Split('\n').Select(line => line.Trim());
            Assert.Contains($"\n{string.Join('\n', wanted)}\n", $"\n{string.Join('\n', lines)}\n", StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("write-a-provider.md", "samples/CustomProvider/Acme/AcmeProvider.cs")]
    [InlineData("write-a-provider.md", "samples/CustomProvider/Acme/AcmeOptions.cs")]
    [InlineData("write-a-provider.md", "samples/CustomProvider/Acme/TraceraBuilderAcmeExtensions.cs")]
    [InlineData("write-a-sink.md", "samples/CustomSink/Alerts/PriceAlertSink.cs")]
    [InlineData("write-a-sink.md", "samples/CustomSink/Alerts/PriceAlertOptions.cs")]
    [InlineData("write-a-metric.md", "samples/CustomMetric/RangeMetric.cs")]
    [InlineData("embed.md", "samples/EmbedInExisting/Program.cs")]
    public async Task Page_AboutASample_ShowsItsWholeFile(string page, string file)
    {
        var stop = TestContext.Current.CancellationToken;
        var text = (await File.ReadAllTextAsync(Path.Combine(Docs, page), stop)).ReplaceLineEndings("\n");
        var code = (await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, file), stop)).ReplaceLineEndings("\n");

        Assert.Contains($"<!-- {file} -->\n```csharp\n{code}```\n", text, StringComparison.Ordinal);
    }

    /// <summary>A fence of a language that is code; plain fences are drawings.</summary>
    [GeneratedRegex(@"^```(csharp|json|xml)$", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"^<!-- (?<file>\S+) -->\n```(csharp|json|xml)\n(?<code>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();
}
