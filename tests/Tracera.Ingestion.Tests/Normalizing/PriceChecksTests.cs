using System.Globalization;

namespace Tracera.Ingestion.Tests.Normalizing;

public sealed class PriceChecksTests
{
    private static readonly SourceDescriptor Market = new("market", Currency.Usd);

    [Theory]
    [InlineData("0.000000000001", null)]
    [InlineData("0.0000000000001", RejectReasons.BadPrice)]
    [InlineData("0.0000000000010000", null)]
    [InlineData("1.50000000000000000000", null)]
    [InlineData("999999999999999", null)]
    [InlineData("999999999999999.999999999999", null)]
    [InlineData("1000000000000000", RejectReasons.BadPrice)]
    [InlineData("1000000000000000.5", RejectReasons.BadPrice)]
    [InlineData("0", RejectReasons.NoPrice)]
    [InlineData("0.000", RejectReasons.NoPrice)]
    [InlineData("-1", RejectReasons.BadPrice)]
    [InlineData("-0.01", RejectReasons.BadPrice)]
    [InlineData("79228162514264337593543950335", RejectReasons.BadPrice)]
    [InlineData("18446744073709551617", RejectReasons.BadPrice)]
    public void Check_Price_IsTakenOrHasItsReason(string price, string? reason) =>
        Assert.Equal(reason, Check(new RawPrice("c", "name", Parse(price), Market)));

    [Theory]
    [InlineData("0", null)]
    [InlineData("12", null)]
    [InlineData("0.0000000000001", RejectReasons.BadVolume)]
    [InlineData("1000000000000000", RejectReasons.BadVolume)]
    [InlineData("-1", RejectReasons.BadVolume)]
    public void Check_Volume_IsTakenOrHasItsReason(string volume, string? reason) =>
        Assert.Equal(reason, Check(new RawPrice("c", "name", 1, Market, Parse(volume))));

    [Theory]
    [InlineData("c", "name", null)]
    [InlineData("c", "na\0me", RejectReasons.BadName)]
    [InlineData("c\0", "name", RejectReasons.BadRow)]
    [InlineData("c", "knife 🔪", null)]
    [InlineData("c", "knife {half}", RejectReasons.BadName)]
    [InlineData("{half}", "name", RejectReasons.BadRow)]
    [InlineData("c", "name", RejectReasons.BadRow, "mar\0ket")]
    [InlineData("c", "name", RejectReasons.BadRow, "{half}market")]
    public void Check_Text_IsTakenOrHasItsReason(string category, string name, string? reason, string market = "market") =>
        Assert.Equal(reason, new PriceChecks(new IngestionOptions()).CheckText(new RawPrice(Text(category), Text(name), 1, new SourceDescriptor(Text(market), Currency.Usd))));

    [Theory]
    [InlineData(0, null)]
    [InlineData(-1, RejectReasons.BadName)]
    public void Check_Name_MayHaveAsManyCharactersAsItMay(int left, string? reason)
    {
        var options = new IngestionOptions();
        var raw = new RawPrice("c", new string('x', options.MaxNameLength - left), 1, Market);
        Assert.Equal(reason, new PriceChecks(options).CheckText(raw));
    }

    [Theory]
    [InlineData(-60_000_000, null)]
    [InlineData(-60_000_001, RejectReasons.TooLate)]
    [InlineData(30_000_000, null)]
    [InlineData(30_000_001, RejectReasons.TooEarly)]
    public void Check_Time_IsTakenToTheMicrosecond(long observedAt, string? reason)
    {
        var checks = new PriceChecks(new IngestionOptions { MaxTickAge = TimeSpan.FromMinutes(1), MaxClockLead = TimeSpan.FromSeconds(30) });
        var raw = new RawPrice("c", "name", 1, Market);

        Assert.Equal(reason is null, checks.IsPlain(raw, observedAt, now: 0));
        Assert.Equal(reason, checks.Check(raw, observedAt, now: 0, BatchLane.Live));
        Assert.Equal(reason == RejectReasons.TooLate ? null : reason, checks.Check(raw, observedAt, now: 0, BatchLane.Backfill));
    }

    // An attribute cannot hold half of a surrogate pair.
    private static string Text(string text) => text.Replace("{half}", "\uD83D", StringComparison.Ordinal);

    private static decimal Parse(string text) => decimal.Parse(text, CultureInfo.InvariantCulture);

    private static string? Check(RawPrice raw) => new PriceChecks(new IngestionOptions()).Check(raw, 0, 0, BatchLane.Live);
}
