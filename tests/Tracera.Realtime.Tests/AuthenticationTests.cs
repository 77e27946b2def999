using Microsoft.Extensions.DependencyInjection;
using Tracera.Realtime.Tests.Fixtures;
using Tracera.Testing;

namespace Tracera.Realtime.Tests;

public class AuthenticationTests
{
    [Fact(Timeout = 30_000)]
    public async Task Token_ThatIsGood_OpensTheHub()
    {
        await using var host = await StartAsync(TimeProvider.System);
        await using var client = await host.ConnectAsync();

        var answer = await client.AskAsync("""{"action":"auth","id":1,"token":"good"}""");

        Assert.Equal("""{"type":"authenticated","id":1}""", answer.GetRawText());
        Assert.Equal("pong", (await client.AskAsync("""{"action":"ping"}""")).Text("type"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("""{"action":"auth","token":"bad"}""")]
    [InlineData("""{"action":"auth"}""")]
    [InlineData("""{"action":"subscribe","item_ids":[1]}""")]
    [InlineData("nonsense")]
    public async Task FirstMessage_ThatIsNoGoodToken_ClosesWith4503(string message)
    {
        await using var host = await StartAsync(TimeProvider.System);
        await using var client = await host.ConnectAsync();

        await client.SendAsync(message);

        Assert.Equal(4503, await client.AwaitCloseAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Token_ThatDoesNotComeInTime_ClosesWith4503()
    {
        var time = new ManualTimeProvider();
        await using var host = await StartAsync(time);
        await using var client = await host.ConnectAsync();

        await time.WhenTimersAsync(1, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(4503, await client.AwaitCloseAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task Validator_ThatFails_ClosesThisClientOnlyWith1011()
    {
        await using var host = await StartAsync(TimeProvider.System);
        await using var other = await host.ConnectAsync();
        await using var client = await host.ConnectAsync();

        await client.SendAsync("""{"action":"auth","token":"explode"}""");

        Assert.Equal(1011, await client.AwaitCloseAsync());
        Assert.Equal("authenticated", (await other.AskAsync("""{"action":"auth","token":"good"}""")).Text("type"));
    }

    private static Task<HubHost> StartAsync(TimeProvider time) =>
        HubHost.StartAsync(
            options => options.RequireAuthentication = true,
            time,
            services => services.AddSingleton<IClientTokenValidator, OneToken>());

    private sealed class OneToken : IClientTokenValidator
    {
        public ValueTask<bool> ValidateAsync(string token, CancellationToken cancellationToken) =>
            token == "explode" ? throw new InvalidOperationException("The validator is broken.") : ValueTask.FromResult(token == "good");
    }
}
