using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.Redis.Tests.Options;

public sealed class RedisOptionsTests
{
    [Theory]
    [InlineData("Prefix", "white space:")]
    [InlineData("Prefix", "star*")]
    [InlineData("Shards", "0")]
    [InlineData("Shards", "65")]
    [InlineData("Database", "-1")]
    [InlineData("QueueCapacity", "31")]
    [InlineData("MaxPending", "-1")]
    [InlineData("MaxFigures", "-1")]
    [InlineData("MaxLocal", "-1")]
    [InlineData("MaxMessageBytes", "100")]
    [InlineData("OperationTimeout", "00:00:00")]
    [InlineData("CheckInterval", "01:00:00")]
    public void Options_BadValue_IsRefusedByPathValueAndAllowed(string key, string value)
    {
        var fault = Assert.Single(Faults(($"Tracera:Redis:{key}", value), ("ConnectionStrings:Redis", "localhost")));

        Assert.StartsWith($"Tracera:Redis:{key} is '{value}'; allowed: ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:6379,password=hunter2,nonsense=1")]
    [InlineData("password=hunter2")]
    public void Options_BadConnectionString_IsRefusedWithoutShowingIt(string text)
    {
        var fault = Assert.Single(Faults(("ConnectionStrings:Redis", text)));

        Assert.Contains("Tracera:Redis:ConnectionString", fault, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_NoConnection_SaysWhatToDo() =>
        Assert.Contains("ConnectionStrings:Redis", Assert.Single(Faults()), StringComparison.Ordinal);

    [Fact]
    public void Options_UserThatTheClientCannotSignInAs_IsRefused() =>
        Assert.NotEqual(MultiplexerSettings.KnowsUsers, Faults(("ConnectionStrings:Redis", "localhost"), ("Tracera:Redis:User", "tracera")).Any());

    [Fact]
    public void Settings_OfOptions_OverrideTheConnectionString()
    {
        var settings = MultiplexerSettings.Of(new RedisOptions
        {
            ConnectionString = "one:1,two:2,password=a,ssl=false,abortConnect=true", Password = "b", Ssl = true, SslHost = "redis.example", Database = 3,
        });

        Assert.Equal(("b", true, "redis.example", 3), (settings.Password, settings.Ssl, settings.SslHost, settings.DefaultDatabase));
        Assert.False(settings.AbortOnConnectFail);
        Assert.Equal(2, settings.EndPoints.Count);
    }

    private static IReadOnlyList<string> Faults(params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build());
        services.AddTracera().AddRedis();
        using var provider = services.BuildServiceProvider();
        try
        {
            _ = provider.GetRequiredService<IOptions<RedisOptions>>().Value;
            return [];
        }
        catch (OptionsValidationException refused)
        {
            return [.. refused.Failures];
        }
    }
}
