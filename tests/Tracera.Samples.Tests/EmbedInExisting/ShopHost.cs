extern alias before;

using System.Data.Common;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using StackExchange.Redis;
using Tracera.EndToEnd.Tests;

namespace Tracera.Samples.Tests.EmbedInExisting;

/// <summary>The shop on a real port, as it was or with Tracera in it, over a folder of its own and a stand-in for Redis.</summary>
internal sealed class ShopHost : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly IAsyncDisposable _host;

    private ShopHost(bool hasTracera)
    {
        Database = new WatchedDataSource($"Data Source={_folder["shop.db"]};Pooling=False");
        Redis.GetDatabase().StringIncrementAsync(default, 1, CommandFlags.None).ReturnsForAnyArgs(42L);
        (_host, Services, Address) = hasTracera
            ? Start(new WebApplicationFactory<global::EmbedInExisting.ShopOptions>())
            : Start(new WebApplicationFactory<before::EmbedInExisting.ShopOptions>());
    }

    public IConnectionMultiplexer Redis { get; } = Substitute.For<IConnectionMultiplexer>();

    public WatchedDataSource Database { get; }

    public IServiceProvider Services { get; }

    public Uri Address { get; }

    public static ShopHost Before() => new(hasTracera: false);

    public static ShopHost After() => new(hasTracera: true);

    /// <summary>A browser with cookies of its own that follows no redirect.</summary>
    public HttpClient Browse() =>
        new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>A browser in which somebody has signed in.</summary>
    public async Task<HttpClient> SignInAsync(string name, string password)
    {
        var browser = Browse();
        using var form = new FormUrlEncodedContent([new("name", name), new("password", password)]);
        using var answer = await browser.PostAsync(new Uri("/sign-in", UriKind.Relative), form, TestContext.Current.CancellationToken);
        Assert.Equal("/orders", answer.Headers.Location?.OriginalString);
        return browser;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    private (IAsyncDisposable Host, IServiceProvider Services, Uri Address) Start<TEntryPoint>(WebApplicationFactory<TEntryPoint> shop)
        where TEntryPoint : class
    {
        var host = shop.WithWebHostBuilder(Configure);
        host.UseKestrel();
        using var client = host.CreateClient();
        return (shop, host.Services, client.BaseAddress!);
    }

    private void Configure(IWebHostBuilder web)
    {
        web.UseUrls("http://127.0.0.1:0");
        web.UseSetting("Shop:DataFolder", _folder.Path);
        (string Name, string Password, string Role)[] accounts = [("ada", "lantern", "admin"), ("ben", "kettle", "customer")];
        for (var i = 0; i < accounts.Length; i++)
        {
            web.UseSetting($"Shop:Accounts:{i}:Name", accounts[i].Name);
            web.UseSetting($"Shop:Accounts:{i}:Password", accounts[i].Password);
            web.UseSetting($"Shop:Accounts:{i}:Role", accounts[i].Role);
        }

        web.ConfigureTestServices(services => services.AddSingleton(Redis).AddSingleton<DbDataSource>(Database));
    }
}
