using Microsoft.Extensions.DependencyInjection;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Engine;

public sealed class MetricFieldsValidatorTests
{
    [Theory]
    [InlineData("one", "two.a", "two.b", null)]
    [InlineData("one", "one", "two", "'one'")]
    [InlineData("band", "band.upper", "two", "'band.upper'")]
    [InlineData("band.upper", "band", "two", "'band'")]
    [InlineData("window", "a", "b", "'window'")]
    [InlineData("rank", "a", "b", "'rank'")]
    [InlineData("source.x", "a", "b", "'source.x'")]
    [InlineData("Not Snake", "a", "b", "'Not Snake'")]
    [InlineData("a..b", "c", "d", "'a..b'")]
    public void Validate_FieldsOfThreeMetrics_NamesTheOneThatCannotStand(string first, string second, string third, string? named)
    {
        var set = TestEngine.Set(new Custom(first, _ => 0), new Custom(second, _ => 0), new Custom(third, _ => 0));
        using var services = new ServiceCollection().AddSingleton(set).BuildServiceProvider();
        var result = new MetricFieldsValidator(services).Validate(null, new TraceraOptions());
        if (named is null)
        {
            Assert.True(result.Succeeded);
        }
        else
        {
            Assert.Contains(named, Assert.Single(result.Failures!), StringComparison.Ordinal);
        }
    }
}
