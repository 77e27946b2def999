namespace Tracera.EndToEnd.Tests;

/// <summary>Wrong configuration stops the host with one readable line a fault.</summary>
public sealed class ConfigurationTests
{
    private const int ConfigurationFault = 78;

    [Theory]
    [InlineData("--Tracera:Providers:simulated:Interval=soon", "Tracera:Providers:simulated:Interval", "soon")]
    [InlineData("--Tracera:Providers:simulated:Interval=-00:00:01", "Tracera:Providers:simulated:Interval", "-00:00:01")]
    [InlineData("--Tracera:Providers:csfloat:BaseAddress=ftp://example.org", "Tracera:Providers:csfloat:BaseAddress", "ftp://example.org")]
    [InlineData("--Tracera:Providers:csfloat:RequestTimeout=30s", "Tracera:Providers:csfloat:RequestTimeout", "30s")]
    [InlineData("--Tracera:Providers:simulated:ItemCount=many", "Tracera:Providers:simulated:ItemCount", "many")]
    [InlineData("--Tracera:Providers:steem:Enabled=true", "Tracera:Providers:steem", "csfloat")]
    [InlineData("--Tracera:Sqlite:MaxDiskBytes=1", "Tracera:Sqlite:MaxDiskBytes", "1")]
    [InlineData("--Tracera:DrainTimeout=a while", "Tracera:DrainTimeout", "a while")]
    [InlineData("--Tracera:Volatility:Interval=0", "Tracera:Volatility:Interval", "00:00:00")]
    [InlineData("--Tracera:Realtime:MaxSubscriptions=none", "Tracera:Realtime:MaxSubscriptions", "none")]
    public async Task Host_OnABadValue_StopsAndNamesPathValueAndWhatIsAllowed(string setting, string path, string value)
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var host = HostProcess.Launch(folder.Path, setting);

        var exitCode = await host.WaitForExitAsync(stop);

        Assert.True(exitCode == ConfigurationFault, host.Output);
        var line = Assert.Single(host.Output.Split('\n'), line => line.StartsWith("Configuration: ", StringComparison.Ordinal));
        Assert.Contains(path, line, StringComparison.Ordinal);
        Assert.Contains(value, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_OnSeveralBadValues_NamesThemAll()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var host = HostProcess.Launch(
            folder.Path,
            "--Tracera:Providers:simulated:Interval=00:00:00",
            "--Tracera:Providers:simulated:Jitter=7",
            "--Tracera:Volatility:Interval=00:00:00");

        var exitCode = await host.WaitForExitAsync(stop);

        Assert.Equal(ConfigurationFault, exitCode);
        Assert.Equal(3, host.Output.Split('\n').Count(line => line.StartsWith("Configuration: ", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Host_OnADataFolderThatIsAFile_StopsWithOneLine()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["data"], "", stop);
        await using var host = HostProcess.Launch(folder["data"]);

        var exitCode = await host.WaitForExitAsync(stop);

        Assert.True(exitCode == ConfigurationFault, host.Output);
        Assert.Contains(folder["data"], host.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_OnAFolderThatAnotherHostUses_StopsWithOneLine()
    {
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        await using var first = await HostProcess.StartAsync(folder["data"], stop);
        await using var second = HostProcess.Launch(folder["data"]);

        var exitCode = await second.WaitForExitAsync(stop);

        Assert.True(exitCode == ConfigurationFault, second.Output);
        var line = Assert.Single(second.Output.Split('\n'), line => line.StartsWith("Configuration: ", StringComparison.Ordinal));
        Assert.Contains("another process uses this folder", line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", second.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("is closed", second.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_OnAnAddressInUse_StopsWithOneLine()
    {
        const int addressInUse = 69;
        var stop = TestContext.Current.CancellationToken;
        using var folder = new TemporaryFolder();
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        other.Start();
        var address = $"http://{other.LocalEndpoint}";
        await using var host = HostProcess.Launch(folder.Path, $"--urls={address}");

        var exitCode = await host.WaitForExitAsync(stop);

        Assert.True(exitCode == addressInUse, host.Output);
        var line = Assert.Single(host.Output.Split('\n'), line => line.StartsWith("Address: ", StringComparison.Ordinal));
        Assert.Contains(address, line, StringComparison.Ordinal);
    }
}
