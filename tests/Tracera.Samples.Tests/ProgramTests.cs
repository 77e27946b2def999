using Tracera.EndToEnd.Tests;

namespace Tracera.Samples.Tests;

/// <summary>Every sample as somebody runs it: a process of its own, in its own folder, with its own configuration.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("CustomProvider", "CustomProvider", "Brass Lantern: ")]
    [InlineData("CustomSink", "CustomSink", "across its threshold")]
    [InlineData("CustomMetric", "CustomMetric", "Now listening on: http://127.0.0.1:")]
    [InlineData("EmbedInExisting", "EmbedInExisting", "Now listening on: http://127.0.0.1:")]
    [InlineData("EmbedInExisting/before", "ExistingShop", "Now listening on: http://127.0.0.1:")]
    public async Task Sample_Started_DoesItsWorkAndEndsWhenAsked(string folder, string name, string line)
    {
        var stop = TestContext.Current.CancellationToken;
        using var data = new TemporaryFolder();
        var home = Path.Combine(RepositoryPaths.Root, "samples", folder);
        await using var sample = ChildProcess.Start(
            home,
            new Dictionary<string, string?> { ["ASPNETCORE_URLS"] = null },
            "dotnet",
            Path.Combine(home, "bin", RepositoryPaths.Configuration, "net10.0", $"{name}.dll"),
            "--urls=http://127.0.0.1:0",
            $"--Tracera:DataFolder={data.Path}",
            $"--Shop:DataFolder={data.Path}");

        await sample.WaitForLineAsync(text => text.Contains(line, StringComparison.Ordinal), stop);
        sample.Terminate();

        Assert.True(await sample.WaitForExitAsync(stop) == 0, sample.Output);
    }
}
