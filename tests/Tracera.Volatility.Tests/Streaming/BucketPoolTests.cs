using Tracera.Volatility.Moments;
using Tracera.Volatility.Streaming;

namespace Tracera.Volatility.Tests.Streaming;

public sealed class BucketPoolTests
{
    [Theory]
    [InlineData(60)]
    [InlineData(96)]
    [InlineData(120)]
    [InlineData(168)]
    public void Lists_BucketsComeAndGo_HoldWhatAQueueHolds(int most)
    {
        var (pool, random) = (new BucketPool(), new Random(most));
        var lists = new BucketList[100];
        var queues = Enumerable.Range(0, lists.Length).Select(_ => new Queue<double>()).ToArray();
        for (var step = 0; step < 50_000; step++)
        {
            var i = random.Next(lists.Length);
            if (queues[i].Count == most || (queues[i].Count > 0 && random.Next(3) == 0))
            {
                Assert.Equal(queues[i].Dequeue(), pool.At(lists[i], 0).Open);
                BucketPool.DropOldest(ref lists[i]);
            }
            else
            {
                pool.Append(ref lists[i], most) = new Bucket { Open = step };
                queues[i].Enqueue(step);
            }

            if (random.Next(1_000) == 0)
            {
                pool.Return(ref lists[i]);
                queues[i].Clear();
            }
        }

        for (var i = 0; i < lists.Length; i++)
        {
            Assert.Equal(queues[i], All(pool, lists[i]));
        }
    }

    [Fact]
    public void Append_BlockThatWasUsedBefore_IsEmpty()
    {
        var (pool, list) = (new BucketPool(), default(BucketList));
        pool.Append(ref list, 60) = new Bucket { Open = 5 };
        pool.Return(ref list);
        Assert.Equal(0, pool.Append(ref list, 60).Open);
        Assert.Equal(1, list.Count);
    }

    [Fact]
    public void Append_MemoryThatWasGivenBack_IsUsedAgain()
    {
        var pool = new BucketPool();
        var lists = new BucketList[1_000];
        var bytes = 0L;
        for (var round = 0; round < 5; round++)
        {
            for (var i = 0; i < lists.Length; i++)
            {
                for (var bucket = 0; bucket < 168; bucket++)
                {
                    pool.Append(ref lists[i], 168);
                }
            }

            bytes = round == 0 ? pool.Bytes : bytes;
            Assert.Equal(bytes, pool.Bytes);
            for (var i = 0; i < lists.Length; i++)
            {
                pool.Return(ref lists[i]);
            }
        }
    }

    [Fact]
    public void Buckets_EveryRoom_BeginWithALineOfTheCache()
    {
        var pool = new BucketPool();
        var list = default(BucketList);
        for (var bucket = 0; bucket < 168; bucket++)
        {
            Assert.Equal(0, AddressOf(ref pool.Append(ref list, 168)) % 64);
        }
    }

    private static unsafe long AddressOf(ref Bucket bucket) => (long)System.Runtime.CompilerServices.Unsafe.AsPointer(ref bucket);

    private static List<double> All(BucketPool pool, in BucketList list)
    {
        var all = new List<double>();
        while (all.Count < list.Count)
        {
            foreach (ref readonly var bucket in pool.Run(list, all.Count, list.Count))
            {
                all.Add(bucket.Open);
            }
        }

        return all;
    }
}
