namespace Tracera.Ingestion.Tests.Accounting;

public sealed class RejectCountsTests
{
    [Fact]
    public void Snapshot_OfReasonsFromBothSides_AddsThemUp()
    {
        var counts = Counts(own: 3, answered: 2, RejectReasons.NoPrice);
        counts.Add("no_stock");

        var snapshot = counts.Snapshot();

        Assert.Equal(new Dictionary<string, long> { [RejectReasons.NoPrice] = 5, ["no_stock"] = 1 }, snapshot.ToDictionary());
        Assert.Equal(snapshot.Values.Sum(), counts.Total);
    }

    [Fact]
    public void Snapshot_OfTheSameCountsAsAnEarlierOne_IsThatOne()
    {
        var known = Counts(own: 3, answered: 2, RejectReasons.NoPrice, "no_stock").Snapshot();

        Assert.Same(known, Counts(own: 1, answered: 4, RejectReasons.NoPrice, "no_stock").Snapshot(known));
    }

    [Theory]
    [InlineData(2, 2, RejectReasons.NoPrice, "no_stock")]
    [InlineData(3, 2, RejectReasons.BadPrice, "no_stock")]
    [InlineData(3, 2, RejectReasons.NoPrice, "sold_out")]
    [InlineData(3, 2, RejectReasons.NoPrice, null)]
    [InlineData(0, 0, RejectReasons.NoPrice, "no_stock")]
    [InlineData(0, 0, RejectReasons.NoPrice, null)]
    public void Snapshot_OfOtherCounts_IsOfItsOwn(int own, int answered, string reason, string? another)
    {
        var known = Counts(own: 3, answered: 2, RejectReasons.NoPrice, "no_stock").Snapshot();
        var counts = Counts(own, answered, reason, another);

        var snapshot = counts.Snapshot(known);

        Assert.NotSame(known, snapshot);
        Assert.Equal(counts.Snapshot().ToDictionary(), snapshot.ToDictionary());
        Assert.Equal((2, 5), (known.Count, known[RejectReasons.NoPrice]));
    }

    [Fact]
    public void Snapshot_OfOneReasonMore_IsOfItsOwn()
    {
        var known = Counts(own: 3, answered: 0, RejectReasons.NoPrice).Snapshot();

        Assert.Equal(2, Counts(own: 3, answered: 0, RejectReasons.NoPrice, "no_stock").Snapshot(known).Count);
    }

    private static RejectCounts Counts(int own, int answered, string reason, string? another = null)
    {
        var counts = new RejectCounts();
        for (var i = 0; i < own; i++)
        {
            counts.CountOwn(reason);
        }

        for (var i = 0; i < answered; i++)
        {
            counts.Add(reason);
        }

        if (another is not null)
        {
            counts.Add(another);
        }

        return counts;
    }
}
