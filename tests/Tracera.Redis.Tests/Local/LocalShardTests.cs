namespace Tracera.Redis.Tests.Local;

public sealed class LocalShardTests
{
    private static readonly ItemId Item = new(1);

    [Fact]
    public void Read_UpdateWhileAnItemIsLoaded_StaysTheNewest()
    {
        var shard = Begun(capacity: 10);
        Assert.False(TryRead(shard, at: 1, out _, out var toLoad));
        shard.Take(Batch(2, Tick(observed: 20)));

        shard.Load(toLoad!, [Tick(observed: 10)]);

        Assert.True(TryRead(shard, at: 2, out var ticks, out _));
        Assert.Equal([Tick(observed: 20)], ticks);
    }

    [Fact]
    public void Read_UpdatesThatAreOnTheirWay_AreNotPassedOver()
    {
        var shard = Loaded();

        Assert.False(TryRead(shard, at: 2, out _, out var toLoad));
        Assert.Null(toLoad);
        shard.Take(Batch(2, Tick(observed: 20)));

        Assert.True(TryRead(shard, at: 2, out var ticks, out _));
        Assert.Equal([Tick(observed: 20)], ticks);
    }

    [Fact]
    public void Read_AnotherEpoch_IsNothingToGoBy()
    {
        var shard = Loaded();

        Assert.False(shard.TryFind(Item, new StreamPoint(0, 8, 1), out var toLoad));
        Assert.Null(toLoad);
    }

    [Fact]
    public void Read_AfterAGap_ForgetsWhatWasHeldAndWhatWasBeingLoaded()
    {
        var shard = Loaded();
        Assert.False(shard.TryFind(new ItemId(2), new StreamPoint(0, 7, 1), out var loading));
        shard.Take(Batch(5) with { Gap = true });
        shard.Load(loading!, [Tick(observed: 10) with { Item = new ItemId(2) }]);

        Assert.False(TryRead(shard, at: 5, out _, out var toLoad));
        Assert.NotNull(toLoad);
        Assert.False(shard.TryFind(new ItemId(2), new StreamPoint(0, 7, 5), out _));
    }

    [Fact]
    public void Read_BeforeTheStreamIsFollowed_HoldsNothing()
    {
        var shard = new LocalShard(10);

        Assert.False(TryRead(shard, at: 0, out _, out var toLoad));
        Assert.Null(toLoad);
    }

    [Fact]
    public void Read_MoreThanThereIsRoomFor_KeepsWhatWasAskedForAgain()
    {
        var shard = Begun(capacity: 4);
        for (var item = 1; item <= 20; item++)
        {
            Load(shard, item);
            Assert.True(shard.TryFind(Item, new StreamPoint(0, 7, 1), out _));
        }

        Assert.True(shard.TryFind(new ItemId(20), new StreamPoint(0, 7, 1), out _));
        Assert.False(shard.TryFind(new ItemId(16), new StreamPoint(0, 7, 1), out _));
    }

    [Fact]
    public void Read_SourcesThatComeLater_TakeRoomToo()
    {
        var shard = Begun(capacity: 4);
        Load(shard, 1);
        Load(shard, 2);

        shard.Take(Batch(2, [.. Enumerable.Range(2, 3).Select(source => Tick(observed: 5) with { Source = new SourceId(source) })]));

        Assert.False(TryRead(shard, at: 2, out _, out _));
        Assert.True(shard.TryFind(new ItemId(2), new StreamPoint(0, 7, 2), out _));
    }

    private static LocalShard Begun(int capacity)
    {
        var shard = new LocalShard(capacity);
        shard.Begin(new StreamPoint(0, 7, 1));
        return shard;
    }

    private static LocalShard Loaded()
    {
        var shard = Begun(capacity: 10);
        Load(shard, 1);
        return shard;
    }

    private static void Load(LocalShard shard, int item)
    {
        if (!shard.TryFind(new ItemId(item), new StreamPoint(0, 7, 1), out var toLoad))
        {
            shard.Load(toLoad!, [Tick(observed: 10) with { Item = new ItemId(item) }]);
        }
    }

    private static bool TryRead(LocalShard shard, long at, out PriceTick[] ticks, out LocalItem? toLoad)
    {
        var isHere = shard.TryFind(Item, new StreamPoint(0, 7, at), out var found);
        ticks = isHere ? found!.Ticks : [];
        toLoad = isHere ? null : found;
        return isHere;
    }

    private static UpdateBatch Batch(long offset, params PriceTick[] ticks) => new(new StreamPoint(0, 7, offset), ticks, []);

    private static PriceTick Tick(long observed) => new(Item, new SourceId(1), 1m, null, observed, observed);
}
