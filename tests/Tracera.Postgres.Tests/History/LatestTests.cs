namespace Tracera.Postgres.Tests;

public sealed class LatestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Latest_OfACorrectionThatIsNotRolledUpYet_IsTheCorrection()
    {
        await using var store = await TestStore.OpenAsync();
        var ticks = Enumerable.Range(1, 20).Select(item => Ticks.Of(item)).ToArray();
        await store.Sink.WriteAsync(Ticks.Batch(ticks), Token);
        await store.Roller.RollAsync(Token);
        PriceTick[] corrected = [.. ticks.Select(tick => tick with { Price = 2, ReceivedAtMicroseconds = tick.ReceivedAtMicroseconds + 1 })];

        await store.Sink.WriteAsync(Ticks.Batch(corrected), Token);
        var latest = await store.History.GetLatestAsync([.. ticks.Select(tick => tick.Item)], Ticks.Start.AddMinutes(5), Token);

        Assert.Equal(corrected.Select(tick => (tick.Item, tick.Price)), latest.Select(tick => (tick.Item, tick.Price)));
    }
}
