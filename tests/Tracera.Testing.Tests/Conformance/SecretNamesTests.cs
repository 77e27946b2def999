using System.Text;
using Tracera.Shared;

namespace Tracera.Testing.Tests;

public sealed class SecretNamesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Authorization")]
    [InlineData("Cookie")]
    [InlineData("X-MBX-APIKEY")]
    [InlineData("X-Api-Key")]
    [InlineData("x-session-id")]
    [InlineData("apiKey")]
    [InlineData("APIkey")]
    [InlineData("apikey")]
    [InlineData("access_token")]
    [InlineData("OAuth2Token")]
    [InlineData("PHPSESSID")]
    [InlineData("key")]
    public void Name_OfASecret_IsOne(string name) => Assert.True(SecretNames.Holds(name));

    [Theory]
    [InlineData("keyword")]
    [InlineData("keywords[]")]
    [InlineData("sort_key")]
    [InlineData("sortKey")]
    [InlineData("pageToken")]
    [InlineData("next_page_token")]
    [InlineData("author")]
    [InlineData("Idempotency-Key")]
    [InlineData("market-session")]
    [InlineData("token_type")]
    [InlineData("monkey")]
    public void Name_OfSomethingElse_IsNone(string name) => Assert.False(SecretNames.Holds(name));

    [Fact]
    public Task Provider_ThatNamesHowItSearches_KeepsEveryRule() =>
        Acme("?keyword=lanterns&sort_key=price-descending&pageToken=abcdef123&author=somebody").VerifyAsync(Token);

    [Fact]
    public async Task Provider_ThatShowsWhatSoundsSecret_IsToldItsNameAndNotItsValue()
    {
        var error = await Kits.ExpectBrokenAsync(ProviderRules.NoSecrets, Acme("?token=ethereum").VerifyAsync);

        Assert.Equal(
            "The message of a ProviderException holds the value of the query parameter 'token'; if that is no secret, say so with NotSecret(\"token\").",
            error.Broken.Single(broken => broken.Rule == ProviderRules.NoSecrets).Detail);
        await Acme("?token=ethereum").NotSecret("Token").VerifyAsync(Token);
    }

    [Fact]
    public async Task Provider_ThatShowsItsKey_IsToldOfTheHeader()
    {
        var error = await Kits.ExpectBrokenAsync(ProviderRules.NoSecrets, ProviderConformance.For(venue => new AcmeProvider(venue, AcmeFlaw.EchoesAnswer))
            .Serve(Encoding.UTF8.GetBytes(AcmeProvider.Body)).VerifyAsync);

        Assert.Contains("the header 'Authorization'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(AcmeProvider.Key, error.Message, StringComparison.Ordinal);
    }

    private static ProviderConformance Acme(string query) =>
        ProviderConformance.For(venue => new AcmeProvider(venue) { Query = query }).Serve(Encoding.UTF8.GetBytes(AcmeProvider.Body));
}
