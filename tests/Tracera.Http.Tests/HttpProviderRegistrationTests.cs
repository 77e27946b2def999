using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Tracera.Testing;

namespace Tracera.Http.Tests;

public sealed class HttpProviderRegistrationTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Factory_ProviderWithOptions_GetsClientOptionsAndServices()
    {
        using var host = new ProbeHost(null, ("Market", "configured"));
        var provider = host.Provider;
        Assert.Equal("configured", provider.Own.Market);
        Assert.Equal(10, provider.Own.PageSize);
        Assert.Same(host.Clock, provider.Time);
        Assert.Equal(Timeout.InfiniteTimeSpan, provider.Http.Timeout);
    }

    [Fact]
    public void Factory_ProviderWithoutOptions_GetsClient()
    {
        var services = new ServiceCollection();
        services.AddTracera().AddHttpProvider<PlainProvider>("plain", http => http.BaseAddress = new Uri("http://venue.test/"));
        using var built = services.BuildServiceProvider();
        var provider = (PlainProvider)built.GetRequiredService<ProviderRegistration>().Factory(built);
        Assert.Equal("http://venue.test/", provider.Http.BaseAddress?.AbsoluteUri);
    }

    [Fact]
    public void Factory_ProviderThatTakesWrappedOptions_GetsThoseOfItsName()
    {
        Assert.Equal("code", Ask<IOptions<ProbeOptions>>(given => given.Value.Market));
        Assert.Equal("code", Ask<IOptionsSnapshot<ProbeOptions>>(given => given.Value.Market));
        Assert.Equal("code", Ask<IOptionsMonitor<ProbeOptions>>(given => given.CurrentValue.Market));
        Assert.Equal(ProbeHost.Key, Ask<IOptions<HttpProviderOptions>>(given => given.Value.ApiKey));
        Assert.Equal(ProbeHost.Key, Ask<IOptionsSnapshot<HttpProviderOptions>>(given => given.Get("acme").ApiKey));
        Assert.Equal(ProbeHost.Key, Ask<IOptionsMonitor<HttpProviderOptions>>(given => given.Get(Options.DefaultName).ApiKey));
        Assert.Equal("of another", Ask<IOptionsMonitor<ProbeOptions>>(given => given.Get("other").Market));
    }

    [Fact]
    public void Factory_ProviderThatTakesThemInSeveralWays_GetsAll()
    {
        using var built = Build<ManyWaysProvider>();
        var provider = (ManyWaysProvider)built.GetRequiredService<ProviderRegistration>().Factory(built);
        Assert.Equal(["code", "code", "code", "code"], provider.Markets);
    }

    [Fact]
    public void Factory_ProviderWhoseOptionsAreThoseOfHttp_GetsThem()
    {
        var services = new ServiceCollection();
        services.AddTracera().AddHttpProvider<WrappedProvider<HttpProviderOptions>, HttpProviderOptions>("acme", http => http.BaseAddress = new Uri("http://venue.test/"));
        using var built = services.BuildServiceProvider();
        var provider = (WrappedProvider<HttpProviderOptions>)built.GetRequiredService<ProviderRegistration>().Factory(built);
        Assert.Equal("http://venue.test/", provider.Given.BaseAddress?.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://venue.test/v2", "http://venue.test/v2/prices")]
    [InlineData("http://venue.test/v2/", "http://venue.test/v2/prices")]
    [InlineData("http://venue.test", "http://venue.test/prices")]
    public async Task BaseAddress_WithAndWithoutSlash_IsKeptWhole(string configured, string expected)
    {
        var recorded = new RecordedHttp().Serve(new Uri(expected).AbsolutePath, "[]");
        using var host = new ProbeHost(recorded, ("BaseAddress", configured));
        await host.Provider.Http.GetStringAsync("prices", Token);
        Assert.Equal(expected, Assert.Single(recorded.Requests).Address.AbsoluteUri);
    }

    [Fact]
    public async Task UserAgent_WithContact_SaysBoth()
    {
        var recorded = new RecordedHttp().Serve("/v1/prices", "[]");
        using var host = new ProbeHost(recorded, ("UserAgent", "MyApp/2.0"), ("Contact", "mailto:ops@example.com"));
        await host.Provider.Http.GetStringAsync("prices", Token);
        Assert.Equal("MyApp/2.0 (+mailto:ops@example.com)", Assert.Single(recorded.Requests).Headers["User-Agent"].Replace(", ", " ", StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_Defaults_Pass()
    {
        using var host = new ProbeHost();
        host.Validate();
        Assert.StartsWith("Tracera/", HttpProviderOptions.DefaultUserAgent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("BaseAddress", "venue", "'venue'")]
    [InlineData("BaseAddress", "ftp://venue.test/", "'ftp://venue.test/'")]
    [InlineData("BaseAddress", "http://", "'http://'")]
    [InlineData("BaseAddress", "http://venue.test/?key=1", "'(hidden)'")]
    [InlineData("RequestTimeout", "00:00:00", "'00:00:00'")]
    [InlineData("RequestTimeout", "1.00:00:00", "'1.00:00:00'")]
    [InlineData("UserAgent", "", "''")]
    [InlineData("Contact", "a(b)", "'a(b)'")]
    public void Validate_BadValue_NamesPathValueAndWhatIsAllowed(string key, string value, string shown)
    {
        using var host = new ProbeHost(null, (key, value));
        var fault = Assert.ThrowsAny<OptionsValidationException>(host.Validate).Message;
        Assert.Contains($"Tracera:Providers:acme:{key} is {shown}; allowed: ", fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ApiKey", "two words")]
    [InlineData("BaseAddress", "http://user:words@venue.test/")]
    public void Validate_BadSecret_HidesItsValue(string key, string value)
    {
        using var host = new ProbeHost(null, (key, value));
        var fault = Assert.ThrowsAny<OptionsValidationException>(host.Validate).Message;
        Assert.Contains(key, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("words", fault, StringComparison.Ordinal);
    }

    private static string Ask<T>(Func<T, string> ask)
        where T : class
    {
        using var built = Build<WrappedProvider<T>>();
        return ask(((WrappedProvider<T>)built.GetRequiredService<ProviderRegistration>().Factory(built)).Given);
    }

    private static ServiceProvider Build<TProvider>()
        where TProvider : class
    {
        var services = new ServiceCollection();
        services.AddTracera().AddHttpProvider<TProvider, ProbeOptions>(
            "acme", own => own.Market = "code", http => (http.BaseAddress, http.ApiKey) = (new Uri("http://venue.test/"), ProbeHost.Key));
        services.Configure<ProbeOptions>("other", own => own.Market = "of another");
        return services.BuildServiceProvider();
    }

    private sealed class WrappedProvider<T>(T given)
    {
        public T Given { get; } = given;
    }

    private sealed class ManyWaysProvider(
        IOptionsMonitor<ProbeOptions> now, HttpClient http, IOptions<ProbeOptions> fixedly, ProbeOptions plain, IOptionsSnapshot<ProbeOptions> once, IOptions<HttpProviderOptions> reach)
    {
        public string[] Markets { get; } =
            http.BaseAddress == reach.Value.BaseAddress ? [now.CurrentValue.Market, fixedly.Value.Market, plain.Market, once.Value.Market] : [];
    }
}
