using Microsoft.Extensions.Options;
using Tracera.Volatility.Engine;
using Tracera.Volatility.Streaming;
using Tracera.Volatility.Tests.Support;

namespace Tracera.Volatility.Tests.Streaming;

public sealed class VolatilitySinkTests
{
    [Fact]
    public async Task Write_TicksInOrderAndARepetition_CountsTheRepetitionAlone()
    {
        using var rig = new StreamRig();
        Assert.Equal(new WriteOutcome(1), await rig.TickAsync(1, 5m));
        await rig.PassAsync();
        rig.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new WriteOutcome(1), await rig.TickAsync(1, 6m));
        Assert.Equal(new WriteOutcome(0, Duplicate: 1), await rig.OfferAsync(1, 6m));
    }

    [Theory]
    [InlineData(true, VolatilityMode.Worker)]
    [InlineData(false, VolatilityMode.Streaming)]
    public async Task Write_NotStreaming_LeavesAllOutAndKeepsNothing(bool enabled, VolatilityMode mode)
    {
        using var rig = new StreamRig();
        var options = Options.Create(new VolatilityOptions { Enabled = enabled, Mode = mode });
        var book = new StreamBook(options, new FigureWriter(TestEngine.Set(TestEngine.Metrics(options)), options), rig.Clock);
        var ticks = Enumerable.Range(1, 3).Select(item => new PriceTick(new ItemId(item), new SourceId(1), 5m, null, 1, 1)).ToArray();
        var batch = new PriceBatch(new Guid(1, 0, 0, new byte[8]), RunId.New(Some.Instant), "test", ticks);
        Assert.Equal(new WriteOutcome(0, Conflated: 3), await new VolatilitySink(book, options).WriteAsync(batch, TestContext.Current.CancellationToken));
        Assert.Equal(0, book.Count);
    }

    [Fact]
    public async Task Write_MoreSeriesThanThereIsRoomFor_CountsTheirTicksAsLeftOut()
    {
        using var rig = new StreamRig();
        var options = Options.Create(new VolatilityOptions { Mode = VolatilityMode.Streaming, MaxSeries = 2 });
        var book = new StreamBook(options, new FigureWriter(TestEngine.Set(TestEngine.Metrics(options)), options), rig.Clock);
        var ticks = Enumerable.Range(1, 5).Select(item => new PriceTick(new ItemId(item), new SourceId(1), 5m, null, 1, 1)).ToArray();
        var batch = new PriceBatch(new Guid(1, 0, 0, new byte[8]), RunId.New(Some.Instant), "test", ticks);
        Assert.Equal(new WriteOutcome(2, Conflated: 3), await new VolatilitySink(book, options).WriteAsync(batch, TestContext.Current.CancellationToken));
        Assert.Equal(2, book.Count);
    }

    [Fact]
    public async Task Write_Cancelled_KeepsNothing()
    {
        using var rig = new StreamRig();
        var batch = new PriceBatch(
            new Guid(1, 0, 0, new byte[8]), RunId.New(Some.Instant), "test", new[] { new PriceTick(new ItemId(1), new SourceId(1), 5m, null, 1, 1) });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => rig.Sink.WriteAsync(batch, new CancellationToken(true)).AsTask());
        Assert.Equal(0, rig.Stream.Count);
    }
}
