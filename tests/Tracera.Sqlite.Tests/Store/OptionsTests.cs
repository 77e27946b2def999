using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Sqlite.Tests;

public sealed class OptionsTests
{
    [Fact]
    public void Configuration_OverridesCodeAndFindsTheSharedFolder()
    {
        var options = Read(
            new() { ["Tracera:DataFolder"] = "shared", ["Tracera:Sqlite:MaxDiskBytes"] = "12345678", ["Tracera:Sqlite:BarRetention:Day7"] = "9000.00:00:00" },
            code => code.MaxDiskBytes = 99_999_999);

        Assert.Equal(("shared", 12_345_678L, TimeSpan.FromDays(9_000)), (options.DataFolder, options.MaxDiskBytes, options.BarRetention.Day7));
        Assert.Equal("own", Read(new() { ["Tracera:DataFolder"] = "shared", ["Tracera:Sqlite:DataFolder"] = "own" }).DataFolder);
        Assert.Equal(SqliteOptions.DefaultDataFolder, Read([]).DataFolder);
        Assert.InRange(Read([]).MaxDiskBytes, 1, (1L << 30) - 1);
    }

    [Theory]
    [InlineData("FileName", "a/b")]
    [InlineData("TickRetention", "31.00:00:00")]
    [InlineData("BarRetention:Minute1", "01:59:00")]
    [InlineData("BarRetention:Minute15", "1.00:00:00")]
    [InlineData("BarRetention:Hour6", "59.00:00:00")]
    [InlineData("BarRetention:Day1", "100.00:00:00")]
    [InlineData("RunRetention", "00:01:00")]
    [InlineData("BatchIdRetention", "31.00:00:00")]
    [InlineData("DeadLetterRetention", "-1.00:00:00")]
    [InlineData("MaxDiskBytes", "1000")]
    [InlineData("MaintenanceInterval", "00:00:00")]
    [InlineData("BusyTimeout", "00:02:00")]
    [InlineData("ReaderConnections", "0")]
    [InlineData("ReaderConnections", "many")]
    public void BadValue_IsRefusedWithPathAndValue(string key, string value)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read(new() { [$"Tracera:Sqlite:{key}"] = value }));

        var line = Assert.Single(fault.Failures, line => line.Contains($"Tracera:Sqlite:{key}", StringComparison.Ordinal));
        Assert.Contains(value, line, StringComparison.Ordinal);
        Assert.Contains("llowed", line, StringComparison.Ordinal);
    }

    [Fact]
    public void SeveralBadValues_AreNamedAtOnce()
    {
        var fault = Assert.Throws<OptionsValidationException>(
            () => Read(new() { ["Tracera:Sqlite:MaxDiskBytes"] = "1", ["Tracera:Sqlite:ReaderConnections"] = "65" }));

        Assert.Equal(2, fault.Failures.Count());
    }

    [Fact]
    public void TickRetention_NotLongerThanTheOldestTickTaken_IsRefused()
    {
        var fault = Assert.Throws<OptionsValidationException>(
            () => Read(new() { ["Tracera:Ingestion:MaxTickAge"] = "8.00:00:00" }));

        Assert.Contains("MaxTickAge", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }

    [Fact]
    public void AddSqlite_Twice_AddsOneStore()
    {
        var services = new ServiceCollection();
        services.AddTracera().AddSqlite().AddSqlite();

        var sink = Assert.Single(services, service => service.ImplementationInstance is SinkRegistration);
        Assert.True(((SinkRegistration)sink.ImplementationInstance!).IsDurable);
        Assert.Single(services, service => service.ImplementationInstance is ComponentRegistration);
    }

    private static SqliteOptions Read(Dictionary<string, string?> settings, Action<SqliteOptions>? code = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddTracera().AddSqlite(code);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<SqliteOptions>>().Value;
    }
}
