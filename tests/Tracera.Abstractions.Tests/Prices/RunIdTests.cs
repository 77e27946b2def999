namespace Tracera.Abstractions.Tests.Prices;

public sealed class RunIdTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void CompareTo_OfLaterRuns_SortsThemAfter()
    {
        RunId[] ids = [.. Enumerable.Range(0, 200).Select(i => RunId.New(Start.AddDays(i * 300)))];

        Assert.Equal(ids, ids.Reverse().Order());
        Assert.Equal(ids, ids.OrderBy(id => id.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public void TryParse_OfItsText_GivesItBack()
    {
        var id = RunId.New(Start);

        Assert.True(RunId.TryParse(id.ToString(), out var read));
        Assert.Equal(id, read);
        Assert.False(RunId.TryParse("run-1", out _));
        Assert.False(RunId.TryParse(null, out _));
    }
}
