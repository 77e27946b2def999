using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.Options;

namespace EmbedInExisting;

/// <summary>The shop's pages.</summary>
internal static class ShopPages
{
    private const string SignInForm =
        """<form method="post"><input name="name"><input name="password" type="password"><button>Sign in</button></form>""";

    public static void MapShop(this WebApplication app)
    {
        app.MapGet("/", async (Visits visits) => Page($"<h1>The lantern shop</h1><p>{await visits.CountAsync()}</p>"));
        app.MapGet("/sign-in", () => Page(SignInForm));
        app.MapPost("/sign-in", SignInAsync);
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync();
            return Results.Redirect("/");
        });
        app.MapGet("/orders", async (ClaimsPrincipal user, OrderBook orders, CancellationToken stop) =>
            Page(string.Join("<br>", (await orders.ReadAsync(user.Identity!.Name!, stop)).Select(WebUtility.HtmlEncode)))).RequireAuthorization();
        app.MapPost("/orders", async (ClaimsPrincipal user, string item, OrderBook orders, CancellationToken stop) =>
        {
            await orders.AddAsync(user.Identity!.Name!, item, stop);
            return Results.Redirect("/orders");
        }).RequireAuthorization();
        app.MapGet("/about", () => Results.Json(new { ShopName = "The lantern shop" }));
        app.MapGet("/metrics", (MetricsPage page) => page.Read()).RequireAuthorization(policy => policy.RequireRole("admin"));
    }

    private static async Task<IResult> SignInAsync(HttpContext context, IOptions<ShopOptions> options)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var account = options.Value.Accounts.FirstOrDefault(known => known.Name == form["name"] && known.Password == form["password"]);
        if (account is null)
        {
            return Results.Redirect("/sign-in");
        }

        Claim[] claims = [new(ClaimTypes.Name, account.Name), new(ClaimTypes.Role, account.Role)];
        await context.SignInAsync(new ClaimsPrincipal(new ClaimsIdentity(claims, CookieAuthenticationDefaults.AuthenticationScheme)));
        return Results.Redirect("/orders");
    }

    private static IResult Page(string body) => Results.Content($"<!doctype html><title>Shop</title>{body}", "text/html; charset=utf-8");
}
