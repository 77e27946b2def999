using System.Text;

namespace Tracera.Testing.Tests;

public sealed class BackfillDefectTests
{
    private static readonly Dictionary<AcmeFlaw, ConformanceRule> Defects = new()
    {
        [AcmeFlaw.NoTimes] = ProviderRules.BackfillTimes,
        [AcmeFlaw.WholeAnswer] = ProviderRules.BackfillRange,
        [AcmeFlaw.EndIncluded] = ProviderRules.BackfillRange,
        [AcmeFlaw.NewestFirst] = ProviderRules.BackfillOrder,
        [AcmeFlaw.SkipsBadRow] = ProviderRules.RejectsBadRows,
        [AcmeFlaw.AuthIsTransient] = ProviderRules.Auth,
        [AcmeFlaw.EchoesAnswer] = ProviderRules.NoSecrets,
    };

    public static TheoryData<int> Flaws => [.. Defects.Keys.Select(flaw => (int)flaw)];

    public static IEnumerable<ConformanceRule> Rules => Defects.Values;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Flaws))]
    public async Task Backfill_WithADefect_BreaksItsRule(int flaw) =>
        await Kits.ExpectBrokenAsync(Defects[(AcmeFlaw)flaw], Acme((AcmeFlaw)flaw).Within((AcmeFlaw)flaw == AcmeFlaw.NewestFirst ? Kits.Short : TimeSpan.FromSeconds(30)).VerifyAsync);

    [Fact]
    public Task Backfill_ByTheBook_KeepsEveryRule() => Acme(AcmeFlaw.None).VerifyAsync(Token);

    [Fact]
    public Task Backfill_WhosePricesAllHaveOneTime_KeepsEveryRule() => Kit(
        venue => new AcmeHistory(venue, AcmeFlaw.None), """[{"name":"A","price":1.25,"at":"2026-07-20T08:00:00Z"},{"name":"B","price":2,"at":"2026-07-20T08:00:00Z"}]""").VerifyAsync(Token);

    [Fact]
    public async Task Backfill_ThatAnswersForTheWholeDay_IsToldTheRangeAndThePrice()
    {
        const string Day = """[{"name":"A","price":1.25,"at":"2026-07-20T07:59:59Z"},{"name":"B","price":2,"at":"2026-07-20T08:00:00Z"}]""";
        var error = await Kits.ExpectBrokenAsync(ProviderRules.BackfillRange, Kit(venue => new AcmeHistory(venue, AcmeFlaw.WholeAnswer), Day).VerifyAsync);

        var detail = Assert.Single(error.Broken).Detail;
        Assert.StartsWith("Asked for 2026-07-20T08:00:00.0000000+00:00 to 2026-07-20T11:00:00.0000000+00:00 it gave RawPrice { ", detail, StringComparison.Ordinal);
        Assert.Contains("Name = A", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Backfill_OfAProviderWithoutAPast_IsRefusedWithTheReason()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => Kit(venue => new AcmeProvider(venue), AcmeProvider.Body).VerifyAsync(Token));

        Assert.Contains("AcmeProvider is no IBackfillProvider", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Backfill_OfAnEmptyRange_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>("to", () => ProviderConformance.For(venue => new AcmeProvider(venue)).Backfill(AcmeHistory.To, AcmeHistory.To));

    private static ProviderConformance Acme(AcmeFlaw flaw) => Kit(venue => new AcmeHistory(venue, flaw), AcmeHistory.Body);

    private static ProviderConformance Kit(Func<HttpMessageHandler, IPriceProvider> create, string body) =>
        ProviderConformance.For(create).Serve(Encoding.UTF8.GetBytes(body)).Backfill(AcmeHistory.From, AcmeHistory.To);
}
