using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Tracera.AspNetCore.Tests;

public sealed class OptionsTests
{
    private static ApiOptions Read(Action<ApiOptions>? configure, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Key, setting.Value)))
            .Build();
        var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration);
        services.AddTracera().AddApi(configure).AddApi();
        return services.BuildServiceProvider().GetRequiredService<IOptions<ApiOptions>>().Value;
    }

    [Fact]
    public void Options_InConfiguration_OverrideThoseInCode()
    {
        var options = Read(options => (options.RetryAfter, options.Challenge) = (TimeSpan.FromSeconds(9), "Basic"), ("Tracera:Api:RetryAfter", "00:00:30"));

        Assert.Equal((TimeSpan.FromSeconds(30), "Basic", ApiOptions.DefaultReadinessTimeout), (options.RetryAfter, options.Challenge, options.ReadinessTimeout));
    }

    [Fact]
    public void Options_OutOfRange_AreAllRefusedByPathAndValue()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read(
            options => options.Challenge = "", ("Tracera:Api:RetryAfter", "00:00:00"), ("Tracera:Api:ReadinessTimeout", "00:02:00")));

        Assert.Equal(
            [
                "Tracera:Api:RetryAfter is '00:00:00'; allowed: 00:00:01 to 01:00:00.",
                "Tracera:Api:ReadinessTimeout is '00:02:00'; allowed: 00:00:00.1 to 00:01:00.",
                "Tracera:Api:Challenge is ''; allowed: printable ASCII, at least one character.",
            ],
            fault.Failures);
    }

    [Fact]
    public void Options_OfAnotherType_AreRefusedByPathAndValue()
    {
        var fault = Assert.Throws<OptionsValidationException>(() => Read(null, ("Tracera:Api:RetryAfter", "soon")));

        Assert.Contains("soon", Assert.Single(fault.Failures), StringComparison.Ordinal);
        Assert.Contains("Tracera:Api:RetryAfter", Assert.Single(fault.Failures), StringComparison.Ordinal);
    }
}
