namespace Tracera.Ingestion.Tests.Running;

public sealed class OwnThreadsTests
{
    [Fact]
    public async Task Call_WhileAnotherBlocks_HasAThreadOfItsOwn()
    {
        using var threads = new OwnThreads();
        using var release = new ManualResetEventSlim();
        var blocking = threads.RunAsync(() =>
        {
            release.Wait();
            return Task.FromResult(true);
        });

        Assert.False(await threads.RunAsync(() => Task.FromResult(Thread.CurrentThread.IsThreadPoolThread)));
        Assert.False(blocking.IsCompleted);
        release.Set();
        Assert.True(await blocking);
    }

    [Fact]
    public async Task Calls_OneAfterTheOther_UseFewThreads()
    {
        using var threads = new OwnThreads();
        var seen = new HashSet<int>();
        for (var call = 0; call < 100; call++)
        {
            await threads.RunAsync(() => Task.FromResult(seen.Add(Environment.CurrentManagedThreadId)));
            await Task.Yield();
        }

        Assert.InRange(seen.Count, 1, 50);
    }

    [Fact]
    public async Task Call_ThatFails_FailsItsTask()
    {
        using var threads = new OwnThreads();

        await Assert.ThrowsAsync<InvalidOperationException>(() => threads.RunAsync(FailAsync));

        static async Task<bool> FailAsync()
        {
            await Task.Yield();
            throw new InvalidOperationException();
        }
    }
}
