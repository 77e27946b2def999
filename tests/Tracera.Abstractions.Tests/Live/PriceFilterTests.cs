namespace Tracera.Abstractions.Tests.Live;

public sealed class PriceFilterTests
{
    private static readonly Item Case = new(new ItemId(1), new ItemKey("steam:730", "Case"));
    private static readonly Source Steam = new(new SourceId(1), "steam", new SourceDescriptor("steam", Currency.Usd));

    [Fact]
    public void Matches_WithoutCondition_LetsEverythingThrough() => Assert.True(PriceFilter.All.Matches(Case, Steam));

    [Fact]
    public void Matches_WithConditions_NeedsEachOfThem()
    {
        var filter = PriceFilter.ForItems("Case", "Key") with { Categories = ["steam:730"], Sources = ["steam"] };

        Assert.True(filter.Matches(Case, Steam));
        Assert.False((filter with { Names = ["case"] }).Matches(Case, Steam));
        Assert.False((filter with { Categories = ["steam:440"] }).Matches(Case, Steam));
        Assert.False((filter with { Sources = ["buff163"] }).Matches(Case, Steam));
    }
}
