using System.Text;
using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Testing.Tests;

public sealed class ProviderDefectTests
{
    private static readonly Dictionary<AcmeFlaw, ConformanceRule> Defects = new()
    {
        [AcmeFlaw.Empty] = ProviderRules.YieldsPrices,
        [AcmeFlaw.ZeroPrice] = ProviderRules.PositivePrice,
        [AcmeFlaw.BlankName] = ProviderRules.Names,
        [AcmeFlaw.NegativeVolume] = ProviderRules.Volume,
        [AcmeFlaw.NewDescriptors] = ProviderRules.OneDescriptor,
        [AcmeFlaw.NoCurrency] = ProviderRules.Currency,
        [AcmeFlaw.OddCurrency] = ProviderRules.Currency,
        [AcmeFlaw.Future] = ProviderRules.ObservedAt,
        [AcmeFlaw.Counting] = ProviderRules.Deterministic,
        [AcmeFlaw.Float] = ProviderRules.ExactDecimals,
        [AcmeFlaw.EndsAtBadRow] = ProviderRules.RejectsBadRows,
        [AcmeFlaw.SkipsBadRow] = ProviderRules.RejectsBadRows,
        [AcmeFlaw.SkipsBadValue] = ProviderRules.LosesNoRow,
        [AcmeFlaw.Strict] = ProviderRules.UnknownFields,
        [AcmeFlaw.Sentence] = ProviderRules.RejectReasons,
        [AcmeFlaw.Buffers] = ProviderRules.Streams,
        [AcmeFlaw.Deaf] = ProviderRules.Cancellation,
        [AcmeFlaw.DeafToHeaders] = ProviderRules.Cancellation,
        [AcmeFlaw.FailsAgain] = ProviderRules.Deterministic,
        [AcmeFlaw.CancelsAsFailure] = ProviderRules.Cancellation,
        [AcmeFlaw.IgnoresTruncation] = ProviderRules.TruncatedBody,
        [AcmeFlaw.JsonException] = ProviderRules.HtmlBody,
        [AcmeFlaw.IgnoresStatus] = ProviderRules.Auth,
        [AcmeFlaw.AuthIsTransient] = ProviderRules.Auth,
        [AcmeFlaw.NotFoundIsEmpty] = ProviderRules.NotFound,
        [AcmeFlaw.NoRetryAt] = ProviderRules.RateLimited,
        [AcmeFlaw.PermanentFailures] = ProviderRules.Transient,
        [AcmeFlaw.EchoesAnswer] = ProviderRules.NoSecrets,
        [AcmeFlaw.KeyInSample] = ProviderRules.NoSecrets,
    };

    public static TheoryData<int> Flaws => [.. Defects.Keys.Select(flaw => (int)flaw)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task Provider_WithADefect_BreaksItsRule(int flaw) =>
        await Kits.ExpectBrokenAsync(Defects[(AcmeFlaw)flaw], token => Acme((AcmeFlaw)flaw).Within((AcmeFlaw)flaw is AcmeFlaw.Empty or AcmeFlaw.Buffers or AcmeFlaw.Deaf or AcmeFlaw.DeafToHeaders ? Kits.Short : TimeSpan.FromSeconds(30)).VerifyAsync(token));

    [Theory]
    [InlineData((int)AcmeFlaw.Buffers, "No price came while all but the last row of 256 KiB was here and the end was not.")]
    [InlineData((int)AcmeFlaw.DeafToHeaders, "A cycle that was cancelled while it waited for the answer's headers did not end.")]
    [InlineData((int)AcmeFlaw.Deaf, "A cycle that was cancelled in the midst of the body did not end.")]
    public async Task Provider_ThatGetsStuck_IsToldWhere(int flaw, string detail)
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => Acme((AcmeFlaw)flaw).Within(Kits.Short).VerifyAsync(Token));

        Assert.Equal(detail, error.Broken.Single(broken => broken.Rule == Defects[(AcmeFlaw)flaw]).Detail);
    }

    [Fact]
    public async Task Provider_WhoseSecondCycleFails_IsToldHow()
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => Acme(AcmeFlaw.FailsAgain).VerifyAsync(Token));

        Assert.Equal(
            "Of the same answer the first cycle gave 3 prices, 0 rejected rows, and the second 0 prices, 0 rejected rows, and ProviderException (Permanent): acme answers once.",
            Assert.Single(error.Broken).Detail);
    }

    [Fact]
    public void Rules_All_HaveADefect() => Assert.Equal(ProviderRules.All.ToHashSet(), Defects.Values.Concat(BackfillDefectTests.Rules).ToHashSet());

    [Fact]
    public Task Provider_ByTheBook_KeepsEveryRule() => Acme(AcmeFlaw.None).VerifyAsync(Token);

    [Theory]
    [InlineData("""{"success":true,"items":[{"name":"A","price":1.25,"stock":3}],"total":1}""", 1)]
    [InlineData("""{"A":{"price":1},"B":{"price":2}}""", 2)]
    [InlineData("""{"items":{"A":{"price":1}},"note":[1,2,3]}""", 1)]
    [InlineData("""[1,2,3]""", 0)]
    [InlineData("""name,price""", 0)]
    public void JsonBody_Rows_AreFoundAndWrittenAgain(string body, int rows)
    {
        var found = JsonBody.Find(Encoding.UTF8.GetBytes(body));

        Assert.Equal(rows, found?.Rows.Count ?? 0);
        if (found is not null)
        {
            Assert.Equal(body, Encoding.UTF8.GetString(found.With(found.Rows.Select(row => (row.Key, row.Value.GetRawText())))));
        }
    }

    [Fact]
    public async Task Provider_RegisteredAsInAnApp_IsReachedWithoutASocket()
    {
        const string PriceList = """[{"market_hash_name":"AK","quantity":3,"min_price":1450},{"market_hash_name":"M4","quantity":1,"min_price":7}]""";
        await ProviderConformance.For(services => services.AddTracera().AddCsFloat(http: http => http.ApiKey = "a-long-secret").AddSimulated())
            .Named("csfloat")
            .Serve(Encoding.UTF8.GetBytes(PriceList))
            .Secret("a-long-secret")
            .VerifyAsync(Token);
    }

    [Fact]
    public async Task For_WhatCannotBeChecked_IsRefusedWithTheReason()
    {
        var nothing = await Assert.ThrowsAsync<InvalidOperationException>(() => ProviderConformance.For(venue => new AcmeProvider(venue)).VerifyAsync(Token));
        Assert.Contains("Serve", nothing.Message, StringComparison.Ordinal);
        var several = await Assert.ThrowsAsync<InvalidOperationException>(
            () => ProviderConformance.For(services => services.AddTracera().AddCsFloat().AddCsFloat("second")).Serve("[]"u8.ToArray()).VerifyAsync(Token));
        Assert.Contains("csfloat, second", several.Message, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => ProviderConformance.For<AcmeProvider>().Serve("no such file.json"));
    }

    [Theory]
    [InlineData("name,price\nA,1.25")]
    [InlineData("""[["A",1.25],["B",2]]""")]
    public async Task Provider_WhoseRowsTheKitCannotSpoil_IsToldOfEveryRuleThatWasNotLookedAt(string body)
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(
            () => ProviderConformance.For(venue => new AcmeProvider(venue)).Serve(Encoding.UTF8.GetBytes(body)).Within(Kits.Short).VerifyAsync(Token));

        ConformanceRule[] ofRows =
        [
            ProviderRules.RejectsBadRows,
            ProviderRules.LosesNoRow,
            ProviderRules.UnknownFields,
            ProviderRules.ExactDecimals,
            ProviderRules.Streams,
            ProviderRules.TruncatedBody,
        ];
        Assert.All(ofRows, rule => Assert.Contains("cannot be looked at", error.Broken.Single(broken => broken.Rule == rule).Detail, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Provider_WhosePriceStandsNowhereInItsRow_IsToldThatDecimalsWereNotLookedAt()
    {
        var error = await Kits.ExpectBrokenAsync(ProviderRules.ExactDecimals, Acme(AcmeFlaw.Counting).VerifyAsync);

        Assert.StartsWith("It cannot be looked at", error.Broken.Single(broken => broken.Rule == ProviderRules.ExactDecimals).Detail, StringComparison.Ordinal);
    }

    private static ProviderConformance Acme(AcmeFlaw flaw) =>
        ProviderConformance.For(venue => new AcmeProvider(venue, flaw)).Serve(Encoding.UTF8.GetBytes(AcmeProvider.Body));
}
