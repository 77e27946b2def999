using System.Net;

namespace Tracera.Samples.Tests.EmbedInExisting;

/// <summary>What the shop does is the same without and with Tracera in it.</summary>
public sealed class ShopBehaviourTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Pages_OfTheShop_AnswerAsEver(bool hasTracera)
    {
        await using var shop = hasTracera ? ShopHost.After() : ShopHost.Before();
        using var stranger = shop.Browse();

        Assert.Contains("visit 42", await ReadAsync(stranger, "/"), StringComparison.Ordinal);
        Assert.Equal("""{"ShopName":"The lantern shop"}""", await ReadAsync(stranger, "/about"));
        using var missing = await GetAsync(stranger, "/no-such-page");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Equal("", await missing.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        // Tracera may not be ready yet, and the page says so; the shop's own line is there in any case.
        using var health = await GetAsync(stranger, "/healthz");
        Assert.Contains("shop Healthy", await health.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SignIn_OfTheShop_LeadsThroughItsOwnForm(bool hasTracera)
    {
        await using var shop = hasTracera ? ShopHost.After() : ShopHost.Before();
        using var stranger = shop.Browse();
        using var refused = await GetAsync(stranger, "/orders");
        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
        Assert.Equal("/sign-in?ReturnUrl=%2Forders", refused.Headers.Location?.PathAndQuery);

        using var ben = await shop.SignInAsync("ben", "kettle");
        using var ordered = await ben.PostAsync(new Uri("/orders?item=Lantern", UriKind.Relative), null, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, ordered.StatusCode);
        Assert.Contains("Lantern", await ReadAsync(ben, "/orders"), StringComparison.Ordinal);

        using var ada = await shop.SignInAsync("ada", "lantern");
        Assert.Contains("Shop shop.orders 1", await ReadAsync(ada, "/metrics"), StringComparison.Ordinal);
        using var forbidden = await GetAsync(ben, "/metrics");
        Assert.NotEqual(HttpStatusCode.OK, forbidden.StatusCode);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient browser, string path) =>
        browser.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);

    private static Task<string> ReadAsync(HttpClient browser, string path) =>
        browser.GetStringAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
}
