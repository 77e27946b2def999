namespace Tracera.Ingestion.Tests.Caching;

public sealed class SlotMapTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void SlotMap_AnyOperations_AgreeWithADictionary(int seed)
    {
        var random = new Random(seed);
        var (map, model) = (new SlotMap<int, int, OwnEquality<int>>(), new Dictionary<int, int>());
        for (var step = 0; step < 50_000; step++)
        {
            var key = random.Next(700);
            switch (random.Next(1000))
            {
                case 0:
                    map.Clear();
                    model.Clear();
                    break;
                case < 300:
                    Assert.Equal(model.Remove(key, out var expected), map.Remove(key, out var removed));
                    Assert.Equal(expected, removed);
                    break;
                case < 600:
                    ref var slot = ref map.Slot(key, out var isKnown);
                    Assert.Equal(model.ContainsKey(key), isKnown);
                    slot += step;
                    model[key] = model.GetValueOrDefault(key) + step;
                    break;
                default:
                    Assert.Equal(model.TryGetValue(key, out var value), map.TryGet(key, out var found));
                    Assert.Equal(value, found);
                    break;
            }

            Assert.Equal(model.Count, map.Count);
        }
    }

    [Fact]
    public void SlotMap_SameOrderAgain_FindsEachKey()
    {
        var map = new SlotMap<int, int, OwnEquality<int>>();
        int[] keys = [.. Enumerable.Range(0, 1000).Select(i => i * 7919 % 1009)];
        foreach (var key in keys)
        {
            map.Slot(key, out _) = -key;
        }

        for (var pass = 0; pass < 3; pass++)
        {
            foreach (var key in keys)
            {
                Assert.True(map.TryGet(key, out var value));
                Assert.Equal(-key, value);
            }
        }
    }

    [Fact]
    public void SlotMap_KeyThatWasGuessedAndRemoved_IsGone()
    {
        var map = new SlotMap<int, int, OwnEquality<int>>();
        map.Slot(0, out _) = 1;
        map.Slot(5, out _) = 2;
        Assert.True(map.Remove(0, out _));

        Assert.False(map.TryGet(0, out _));
        Assert.True(map.TryGet(5, out var value));
        Assert.Equal(2, value);
    }
}
