using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Postgres.Tests;

public sealed class OptionsTests
{
    [Theory]
    [InlineData("Schema", "Tracera", "lower-case")]
    [InlineData("Schema", "a\"; DROP", "lower-case")]
    [InlineData("Schema", "pg_mine", "pg_")]
    [InlineData("WriterConnections", "0", "1 to 16")]
    [InlineData("PartitionsAhead", "31", "1 to 30")]
    [InlineData("CommandTimeout", "00:00:00.5", "00:00:01 to 00:10:00")]
    [InlineData("RollInterval", "02:00:00", "01:00:00")]
    [InlineData("TickRetention", "40.00:00:00", "30.00:00:00")]
    [InlineData("CompressAfter", "8.00:00:00", "7.00:00:00")]
    [InlineData("BarRetention:Hour1", "1.00:00:00", "Hour1")]
    [InlineData("DataSourceKey", "nowhere", "registered NpgsqlDataSource")]
    [InlineData("Migrations", "Sometimes", "Allowed")]
    public void Validate_ValueOutOfBounds_IsRefusedWithWhatIsAllowed(string key, string value, string allowed)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read(new() { [$"Tracera:Postgres:{key}"] = value, ["ConnectionStrings:Postgres"] = "Host=h" }));
        Assert.Contains(allowed, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=")]
    [InlineData("nonsense;Password=secret")]
    public void Validate_NoWayToTheServer_IsRefusedWithoutTellingSecrets(string connectionString)
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read(new() { ["ConnectionStrings:Postgres"] = connectionString }));
        Assert.Contains("Tracera:Postgres:ConnectionString", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_RetentionShorterThanTheOldestTick_IsRefused()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read(new()
        {
            ["ConnectionStrings:Postgres"] = "Host=h",
            ["Tracera:Ingestion:MaxTickAge"] = "5.00:00:00",
        }));
        Assert.Contains("CompressAfter", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bind_ConnectionStringOfTheHost_IsTaken()
    {
        var options = Read(new() { ["ConnectionStrings:Postgres"] = "Host=h", ["Tracera:Postgres:Schema"] = "mine" });
        Assert.Equal(("Host=h", "mine"), (options.ConnectionString, options.Schema));
    }

    private static PostgresOptions Read(Dictionary<string, string?> configuration)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(configuration).Build());
        services.AddLogging().AddMetrics().AddTracera().AddPostgres();
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IOptions<PostgresOptions>>().Value;
    }
}
