using System.Text.RegularExpressions;

namespace Tracera.EndToEnd.Tests;

/// <summary>The README's console app, built outside the repository from packages, by the README's own text.</summary>
public sealed partial class PackagedConsumerTests
{
    private const int MaxLines = 25;
    private const int MarketSize = 500;

    [Fact]
    public async Task ConsoleApp_ByTheReadmeFromPackages_WatchesLivePrices()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        var readme = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "README.md"), stop);
        var program = CodeBlock(readme, "csharp");
        Assert.True(program.Split('\n').Count(line => line.Trim().Length > 0) <= MaxLines, "The README's program has grown.");

        await PackAsync(folder["packages"], stop);
        var app = await WriteAppAsync(folder, CodeBlock(readme, "xml"), program, stop);
        await ChildProcess.RunAsync(app, Environment(folder), "dotnet", ["build", "--configuration", "Release", "--output", folder["built"]], stop);

        await using var console = ChildProcess.Start(app, Environment(folder), "dotnet", Path.Combine(folder["built"], "PriceConsole.dll"));
        var names = new HashSet<string>();
        for (var line = ""; names.Count < MarketSize; names.Add(PriceLine().Match(line).Groups["name"].Value))
        {
            line = await console.WaitForLineAsync(line => PriceLine().IsMatch(line), stop);
        }

        // The snapshot may hold every name; one price more is an update.
        await console.WaitForLineAsync(line => PriceLine().IsMatch(line), stop);
        console.Terminate();
        Assert.Equal(0, await console.WaitForExitAsync(stop));
    }

    [GeneratedRegex(@"^(?<name>\S.*): (?<price>\d+(\.\d+)?) USD$")]
    private static partial Regex PriceLine();

    private static string CodeBlock(string markdown, string language)
    {
        var block = Regex.Match(markdown, $"```{language}\n(.*?)```", RegexOptions.Singleline);
        Assert.True(block.Success, $"The README has no {language} block.");
        return block.Groups[1].Value;
    }

    private static Task PackAsync(string output, CancellationToken stop) =>
        ChildProcess.RunAsync(
            RepositoryPaths.Root,
            new Dictionary<string, string?>(),
            "dotnet",
            ["pack", "Tracera.sln", "--no-build", "--configuration", RepositoryPaths.Configuration, "--output", output],
            stop);

    private static async Task<string> WriteAppAsync(TemporaryFolder folder, string project, string program, CancellationToken stop)
    {
        var app = Directory.CreateDirectory(folder["PriceConsole"]).FullName;
        await File.WriteAllTextAsync(Path.Combine(app, "PriceConsole.csproj"), project, stop);
        await File.WriteAllTextAsync(Path.Combine(app, "Program.cs"), program, stop);

        // The packages of this build beside the client's own sources, into a package folder of the test's own.
        await File.WriteAllTextAsync(
            Path.Combine(app, "nuget.config"),
            $"""<configuration><packageSources><add key="local" value="{folder["packages"]}" /></packageSources></configuration>""",
            stop);
        return app;
    }

    private static Dictionary<string, string?> Environment(TemporaryFolder folder) => new()
    {
        ["NUGET_PACKAGES"] = folder["restored"],
        ["MSBUILDDISABLENODEREUSE"] = "1",
    };
}
