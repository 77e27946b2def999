using System.Text.Json;

namespace Tracera.EndToEnd.Tests;

public sealed class LoadTests
{
    private static readonly string[] Fields = ["name", "ours", "peer", "theirs", "ratio", "unit"];

    private static readonly Dictionary<string, string?> Small = new()
    {
        ["TRACERA_LOAD_WARMUPS"] = "1", ["TRACERA_LOAD_ROUNDS"] = "1", ["TRACERA_LOAD_CYCLES"] = "2",
    };

    [Fact]
    public async Task Core_AtASmallScale_CountsRightAndPrintsItsLines()
    {
        await using var load = ChildProcess.Start(RepositoryPaths.Root, Small, "dotnet", RepositoryPaths.LoadAssembly, "core", "sink-down");

        var exitCode = await load.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(exitCode == 0, load.Output);
        var lines = load.Output.Split(Environment.NewLine).Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["core", "core-alloc", "core-alloc-run", "core-floor", "sink-down"], lines.Select(line => line.GetProperty("name").GetString()));
        Assert.All(lines, line => Assert.Equal(Fields, line.EnumerateObject().Select(field => field.Name)));
        Assert.All(lines, line => Assert.True(line.GetProperty("ours").GetDouble() > 0, load.Output));
    }

    [Fact]
    public async Task Scenario_Unknown_NamesThoseThereAre()
    {
        await using var load = ChildProcess.Start(RepositoryPaths.Root, Small, "dotnet", RepositoryPaths.LoadAssembly, "nothing");

        Assert.Equal(2, await load.WaitForExitAsync(TestContext.Current.CancellationToken));
        Assert.Contains("'nothing' is not a scenario; allowed: core,", load.Output, StringComparison.Ordinal);
    }
}
