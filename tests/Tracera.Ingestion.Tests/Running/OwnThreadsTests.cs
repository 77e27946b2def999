namespace Tracera.Ingestion.Tests.Running;

public sealed class OwnThreadsTests
{
    [Fact]
    public async Task Call_WhileAnotherBlocks_HasAThreadOfItsOwn()
    {
        using var threads = new OwnThreads();
        using var release = new ManualResetEventSlim();
        var (blocking, other) = (new TaskCompletionSource(), new TaskCompletionSource<bool>());
        threads.Run(new Call(() =>
        {
            release.Wait();
            blocking.SetResult();
        }));
        threads.Run(new Call(() => other.SetResult(Thread.CurrentThread.IsThreadPoolThread)));

        Assert.False(await other.Task);
        Assert.False(blocking.Task.IsCompleted);
        release.Set();
        await blocking.Task;
    }

    [Fact]
    public async Task Calls_OneAfterTheOther_UseFewThreads()
    {
        using var threads = new OwnThreads();
        var seen = new HashSet<int>();
        for (var call = 0; call < 100; call++)
        {
            var made = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            threads.Run(new Call(() =>
            {
                seen.Add(Environment.CurrentManagedThreadId);
                made.SetResult();
            }));
            await made.Task;
            await Task.Yield();
        }

        Assert.InRange(seen.Count, 1, 50);
    }

    private sealed class Call(Action call) : IThreadCall
    {
        public void Run() => call();
    }
}
