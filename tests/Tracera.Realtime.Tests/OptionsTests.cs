using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tracera.Realtime.Tests.Fixtures;

namespace Tracera.Realtime.Tests;

public class OptionsTests
{
    [Fact(Timeout = 30_000)]
    public async Task Start_WithBadValues_NamesEachWithItsPathAndWhatIsAllowed()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(() => HubHost.StartAsync(settings: new()
        {
            ["Tracera:Realtime:MaxSubscriptions"] = "0",
            ["Tracera:Realtime:DeadAfter"] = "00:00:10",
            ["Tracera:Realtime:AllowedOrigins:0"] = "example.com",
            ["Tracera:Realtime:RequireAuthentication"] = "true",
        }));

        Assert.Equal(
            [
                "Tracera:Realtime:MaxSubscriptions is '0'; allowed: 1 to 100000.",
                "Tracera:Realtime:DeadAfter is '00:00:10'; allowed: longer than PingInterval (00:00:25), up to 02:00:00.",
                "Tracera:Realtime:AllowedOrigins:0 is 'example.com'; allowed: scheme://host[:port] with http or https, for example https://app.example.com.",
                "Tracera:Realtime:RequireAuthentication is 'True'; allowed: false, or true with an IClientTokenValidator among the services.",
            ],
            fault.Failures);
    }

    [Fact(Timeout = 30_000)]
    public async Task Start_WithAValueThatCannotBeRead_NamesItsPath()
    {
        var fault = await Assert.ThrowsAsync<OptionsValidationException>(
            () => HubHost.StartAsync(settings: new() { ["Tracera:Realtime:MaxConnections"] = "many" }));

        Assert.Contains("Tracera:Realtime:MaxConnections", fault.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Configuration_OverCode_Wins()
    {
        await using var host = await HubHost.StartAsync(
            options =>
            {
                options.MaxConnections = 5;
                options.MaxSubscriptions = 6;
            },
            settings: new() { ["Tracera:Realtime:MaxConnections"] = "7" });

        var options = host.Services.GetRequiredService<IOptions<RealtimeOptions>>().Value;

        Assert.Equal((7, 6), (options.MaxConnections, options.MaxSubscriptions));
    }

    [Fact]
    public void AddRealtime_Twice_RegistersOnce()
    {
        var services = new ServiceCollection();

        services.AddTracera().AddRealtime().AddRealtime();

        Assert.Single(services, service => service.ServiceType == typeof(ComponentRegistration));
        Assert.Single(services, service => service.ServiceType == typeof(IValidateOptions<RealtimeOptions>));
    }
}
