namespace Tracera.Abstractions.Tests.Catalog;

public sealed class CurrencyTests
{
    [Theory]
    [InlineData("USD", "USD")]
    [InlineData("usd", "USD")]
    [InlineData("usdt", "USDT")]
    [InlineData("1000SATS", "1000SATS")]
    public void Parse_OfACode_KeepsItInUpperCase(string text, string code)
    {
        var currency = Currency.Parse(text);

        Assert.Equal(code, currency.Code);
        Assert.Equal(code, currency.ToString());
        Assert.Equal(currency, Currency.Parse(code));
        Assert.Equal(currency.GetHashCode(), Currency.Parse(code).GetHashCode());
    }

    [Theory]
    [InlineData("")]
    [InlineData("US")]
    [InlineData("123456789")]
    [InlineData("U$D")]
    [InlineData("ÜSD")]
    [InlineData(" USD")]
    public void Parse_OfAnotherText_NamesItAndWhatIsAllowed(string text)
    {
        Assert.False(Currency.TryParse(text, out _));
        var error = Assert.Throws<FormatException>(() => Currency.Parse(text));
        Assert.Contains($"'{text}'", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 to 8", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TryParse_OfNull_SaysNo() => Assert.False(Currency.TryParse(null, out _));

    [Fact]
    public void Default_NamesNoCurrency()
    {
        Assert.True(default(Currency).IsNone);
        Assert.Equal(string.Empty, default(Currency).Code);
        Assert.NotEqual(default, Currency.Usd);
    }

    [Fact]
    public void Code_OfMoreCodesThanAreKept_IsStillRight()
    {
        for (var i = 0; i < 10_000; i++)
        {
            var code = $"X{i:D5}";
            Assert.Equal(code, Currency.Parse(code).Code);
        }
    }
}
