namespace Tracera.Ingestion.Tests.Running;

public sealed class ProviderDoorTests
{
    [Fact]
    public void Lock_ReaderIsOutside_LetsItGoOn()
    {
        var door = new ProviderDoor();

        Assert.False(door.TryLock());
        door.Enter();
        Assert.True(door.TryLeave());
    }

    [Fact]
    public void Lock_ReaderIsInside_NeverLetsItBack()
    {
        var door = new ProviderDoor();
        door.Enter();

        Assert.True(door.TryLock());
        Assert.False(door.TryLeave());
        door.Enter();
        Assert.False(door.TryLeave());
        Assert.True(door.TryLock());
    }

    /// <summary>Both sides race many times; whatever the moment, exactly one of them has the pipeline.</summary>
    [Fact]
    public async Task Lock_WhileTheReaderGoesInAndOut_IsDecidedTheSameWayOnBothSides()
    {
        for (var race = 0; race < 100; race++)
        {
            var door = new ProviderDoor();
            var owners = 0;
            var turns = 0;
            var reading = Task.Run(() =>
            {
                do
                {
                    door.Enter();
                    Thread.SpinWait(200);
                    if (!door.TryLeave())
                    {
                        return;
                    }

                    // In the pipeline: whoever locked the reader in would own it too.
                    Assert.Equal(1, Interlocked.Increment(ref owners));
                    Interlocked.Decrement(ref owners);
                    Volatile.Write(ref turns, turns + 1);
                }
                while (true);
            });
            while (Volatile.Read(ref turns) <= race % 7 && !reading.IsCompleted)
            {
                Thread.SpinWait(race % 50);
            }

            while (!door.TryLock() && !reading.IsFaulted)
            {
                Thread.Yield();
            }

            Assert.Equal(1, Interlocked.Increment(ref owners));
            await reading.WaitAsync(TestContext.Current.CancellationToken);
        }
    }
}
