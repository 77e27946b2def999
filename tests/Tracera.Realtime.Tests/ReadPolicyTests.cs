using System.Net;
using System.Net.WebSockets;
using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tracera.Realtime.Tests.Fixtures;

namespace Tracera.Realtime.Tests;

/// <summary>What the app's policy keeps from a request it keeps from a handshake.</summary>
public class ReadPolicyTests
{
    private const string Policy = "tracera:read";
    private static readonly ClaimsPrincipal Reader = new(new ClaimsIdentity([new Claim(ClaimTypes.Role, "reader")], "test"));
    private static readonly ClaimsPrincipal Stranger = new(new ClaimsIdentity([new Claim(ClaimTypes.Role, "stranger")], "test"));

    [Fact(Timeout = 30_000)]
    public async Task Handshake_OfNobody_Gets401() => Assert.Equal(HttpStatusCode.Unauthorized, await RefusalOfAsync(null));

    [Fact(Timeout = 30_000)]
    public async Task Handshake_OfWhomThePolicyRefuses_Gets403() => Assert.Equal(HttpStatusCode.Forbidden, await RefusalOfAsync(Stranger));

    [Fact(Timeout = 30_000)]
    public async Task Handshake_OfWhomThePolicyAllows_OpensTheHub()
    {
        await using var host = await StartAsync(Reader);
        await using var client = await host.ConnectAsync();

        Assert.Equal("pong", (await client.AskAsync("""{"action":"ping"}""")).Text("type"));
    }

    private static async Task<HttpStatusCode> RefusalOfAsync(ClaimsPrincipal? user)
    {
        await using var host = await StartAsync(user);
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        var address = new UriBuilder(host.Address) { Scheme = "ws", Path = "/api/v1/ws" }.Uri;
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(address, TestContext.Current.CancellationToken));
        return socket.HttpStatusCode;
    }

    private static Task<HubHost> StartAsync(ClaimsPrincipal? user) => HubHost.StartAsync(services: services =>
    {
        services.AddAuthorizationBuilder().AddPolicy(Policy, policy => policy.RequireRole("reader"));
        services.AddAuthentication();
        services.AddSingleton<IStartupFilter>(new SignedIn(user));
    });

    /// <summary>Stands in for the app's authentication.</summary>
    private sealed class SignedIn(ClaimsPrincipal? user) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate rest) =>
            {
                context.User = user ?? context.User;
                return rest(context);
            });
            next(app);
        };
    }
}
