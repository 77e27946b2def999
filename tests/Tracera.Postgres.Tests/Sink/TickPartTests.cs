namespace Tracera.Postgres.Tests;

public sealed class TickPartTests
{
    [Theory]
    [InlineData(2, 10_000)]
    [InlineData(3, 10_000)]
    [InlineData(16, 100_000)]
    public void Holds_ManyItems_GivesEachToOneWriterAndAllAboutAsMany(int parts, int items)
    {
        var counts = new int[parts];

        for (var item = 1; item <= items; item++)
        {
            counts[OwnerOf(item, parts)]++;
        }

        Assert.Equal(items, counts.Sum());
        Assert.InRange(counts.Max(), 1, 1.25 * items / parts);
    }

    [Fact]
    public void Holds_ItemsBehindOneAnother_ChangeTheWriterSeldom()
    {
        var owners = Enumerable.Range(1, 10_000).Select(item => OwnerOf(item, 2)).ToList();

        var changes = owners.Zip(owners.Skip(1)).Count(pair => pair.First != pair.Second);

        Assert.InRange(changes, 1, 10);
    }

    [Fact]
    public void Division_OneWriter_DiffersFromThatOfSeveral() =>
        Assert.Equal(4, Enumerable.Range(1, 4).Select(parts => new TickPart(default, 0, parts).Division).Distinct().Count());

    private static int OwnerOf(int item, int parts)
    {
        var tick = new PriceTick(new ItemId(item), new SourceId(1), 1, null, 0, 0);
        return Assert.Single(Enumerable.Range(0, parts), part => new TickPart(default, part, parts).Holds(tick));
    }
}
