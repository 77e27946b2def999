using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.AspNetCore.Tests;

public sealed class AccessTests
{
    private static readonly string[] OperatorPaths = ["/runs", "/runs/latest", "/providers", "/pipeline", "/dead-letters"];

    private static ApiHost NewHost(params Claim[] claims) => new()
    {
        IsOpen = false,
        Pipeline = app => app.Use((context, next) =>
        {
            context.User = claims.Length == 0 ? context.User : new ClaimsPrincipal(new ClaimsIdentity(claims, "test"));
            return next(context);
        }),
    };

    [Fact]
    public async Task OperatorEndpoints_WithoutAnyAuthentication_Answer401()
    {
        await using var host = await NewHost().StartAsync();
        foreach (var path in OperatorPaths)
        {
            using var response = await host.Client.GetAsync(new Uri($"/api/v1{path}", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal("unauthenticated", (await response.ProblemAsync(HttpStatusCode.Unauthorized))["code"]!.GetValue<string>());
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Fact]
    public async Task StartRun_WithoutAnyAuthentication_Answers401BeforeTheBodyIsRead()
    {
        await using var host = await NewHost().StartAsync();
        using var content = new StringContent("{");

        using var response = await host.Client.PostAsync(new Uri("/api/v1/runs", UriKind.Relative), content, TestContext.Current.CancellationToken);

        await response.ProblemAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task OperatorEndpoints_BesideARedirectingScheme_Answer401WithoutRedirect()
    {
        var unstarted = NewHost();
        unstarted.Services = services => services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        await using var host = await unstarted.StartAsync();

        var problem = await host.ProblemAsync("/api/v1/runs", HttpStatusCode.Unauthorized);

        Assert.Equal("unauthenticated", problem["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task OperatorEndpoints_ForAnotherUser_Answer403()
    {
        await using var host = await NewHost(new Claim(ClaimTypes.Name, "someone"), new Claim("scope", "tracera:read tracera:operate2")).StartAsync();

        Assert.Equal("forbidden", (await host.ProblemAsync("/api/v1/runs", HttpStatusCode.Forbidden))["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData(ClaimTypes.Role, "tracera:operate")]
    [InlineData("scope", "openid tracera:operate")]
    public async Task OperatorEndpoints_ForAnOperator_Answer(string claim, string value)
    {
        await using var host = await NewHost(new Claim(claim, value)).StartAsync();

        await host.ReadAsync("/api/v1/runs");
    }

    [Fact]
    public async Task PublicEndpoints_WithoutAnyAuthentication_Answer()
    {
        await using var host = await NewHost().StartAsync();

        await host.ReadAsync("/api/v1/items");
        await host.ReadAsync("/health/live");
    }

    [Fact]
    public async Task Policies_DefinedByTheApp_StandInForTheDefaults()
    {
        var unstarted = NewHost();
        unstarted.Services = services => services.AddAuthorizationBuilder()
            .AddPolicy(TraceraPolicies.Operate, policy => policy.RequireAssertion(_ => true))
            .AddPolicy(TraceraPolicies.Read, policy => policy.RequireRole("reader"));
        await using var host = await unstarted.StartAsync();

        await host.ReadAsync("/api/v1/runs");
        await host.ProblemAsync("/api/v1/items", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Group_WithTheAppsOwnAuthorization_IsGuardedByBoth()
    {
        var unstarted = NewHost(new Claim(ClaimTypes.Role, "guest"));
        unstarted.Pipeline += app => app.UseAuthorization();
        unstarted.Group = group => group.RequireAuthorization(policy => policy.RequireRole("guest"));
        await using var host = await unstarted.StartAsync();

        await host.ReadAsync("/api/v1/items");
        await host.ProblemAsync("/api/v1/runs", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Group_ThatAllowsAnonymous_StillGuardsTheOperatorsEndpoints()
    {
        var unstarted = NewHost();
        unstarted.Group = group => group.AllowAnonymous();
        await using var host = await unstarted.StartAsync();

        await host.ReadAsync("/api/v1/items");
        await host.ProblemAsync("/api/v1/runs", HttpStatusCode.Unauthorized);
    }
}
