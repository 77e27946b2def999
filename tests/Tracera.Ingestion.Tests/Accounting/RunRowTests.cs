namespace Tracera.Ingestion.Tests.Accounting;

public sealed class RunRowTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly RunRow _row = new(RunId.New(Now), "p", Now);

    [Fact]
    public void CountAnsweredReject_AfterTheCyclesEnd_IsNotCounted()
    {
        _row.Publish(1);
        Assert.Equal(1, _row.CountAnsweredReject("no_stock"));
        Assert.False(_row.EndCycle(null, Now));

        Assert.Equal(0, _row.CountAnsweredReject("no_stock"));

        var record = _row.ToRecord();
        Assert.Equal((1L, 1L), (record.Fetched, record.Rejected));
    }

    [Fact]
    public void OnLoss_TicksLostOrRefused_IsToldEachTime()
    {
        var told = 0;
        _row.OnLoss = () => told++;
        _row.Publish(10);

        _row.LoseUnpublished(1, "no room");
        Assert.Equal(1, told);
        _row.Lose(1, wasDispatched: false, "no room", Now);
        Assert.Equal(2, told);
        _row.Lose(1, wasDispatched: true, "no answer", Now);
        Assert.Equal(3, told);
        _row.Settle(new WriteOutcome(2, DeadLettered: 1), Now);
        Assert.Equal(4, told);
        _row.WriteLater(new WriteOutcome(1, DeadLettered: 1));
        Assert.Equal(5, told);
    }

    [Fact]
    public void OnLoss_NothingLost_IsNotTold()
    {
        var told = 0;
        _row.OnLoss = () => told++;
        _row.Publish(3);

        _row.LoseUnpublished(0, "nothing");
        _row.Settle(new WriteOutcome(1, 1, 1), Now);
        _row.WriteLater(new WriteOutcome(1));

        Assert.Equal(0, told);
    }

    [Fact]
    public void Error_OfSeveralLosses_IsThatOfTheFirst()
    {
        _row.Publish(3);

        _row.Lose(2, wasDispatched: true, "first", Now);
        _row.Lose(1, wasDispatched: true, "second", Now);
        _row.LoseUnpublished(1, "third");
        _row.EndCycle(null, Now);

        Assert.Equal("2 prices were lost: first", _row.Error);
    }

    [Fact]
    public void Error_OfAFailedCycle_StandsBeforeThatOfALoss()
    {
        _row.LoseUnpublished(1, "no room");

        Assert.True(_row.EndCycle("401", Now));

        Assert.Equal("401", _row.Error);
    }

    [Fact]
    public void Abandon_AfterAnError_KeepsIt()
    {
        _row.Publish(2);
        _row.EndCycle("401", Now);

        Assert.True(_row.Abandon("the host stopped", Now));

        Assert.Equal("401", _row.Error);
    }

    [Fact]
    public void ToRecord_OutcomesOfEveryKind_HasEachInItsPlace()
    {
        _row.Publish(15);

        _row.Settle(new WriteOutcome(1, 2, 4, 0, 8), Now);

        var record = _row.ToRecord();
        Assert.Equal((15L, 1L, 4L, 8L), (record.Accepted, record.Stored, record.Corrected, record.DeadLettered));
    }
}
