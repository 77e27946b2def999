using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Timing;

public sealed class CallDeadlineTests
{
    private static readonly TimeSpan After = TimeSpan.FromSeconds(30);
    private readonly ManualTimeProvider _clock = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_TakesTooLong_IsCancelledAndTold()
    {
        var late = 0;
        using var subject = new CallDeadline(After, _clock, CancellationToken.None) { OnLate = () => late++ };
        var token = subject.Begin();

        _clock.Advance(After);
        await CancelledAsync(token);
        subject.End();

        Assert.Equal(1, late);
        Assert.False(subject.Begin().IsCancellationRequested);
    }

    [Fact]
    public void Calls_ThatEndInTime_ShareOneTokenAndAreNeverCancelled()
    {
        using var subject = new CallDeadline(After, _clock, CancellationToken.None) { OnLate = () => Assert.Fail("None was late.") };
        var first = subject.Begin();
        for (var call = 0; call < 10; call++)
        {
            _clock.Advance(After * 0.9);
            subject.End();
            Assert.Equal(first, subject.Begin());
        }

        subject.End();
        _clock.Advance(After * 2);
        Assert.False(first.IsCancellationRequested);
    }

    [Fact]
    public async Task Call_BegunWhileTheOneBeforeIsFoundLate_IsNotCancelled()
    {
        using var subject = new CallDeadline(After, _clock, CancellationToken.None);
        var next = CancellationToken.None;
        subject.OnLate = () =>
        {
            subject.End();
            next = subject.Begin();
        };
        var token = subject.Begin();

        _clock.Advance(After);
        await CancelledAsync(token);

        Assert.False(next.IsCancellationRequested);
        Assert.NotEqual(token, next);
    }

    [Fact]
    public async Task Call_FoundLate_EndsOnlyOnceThatIsTold()
    {
        using var telling = new SemaphoreSlim(0);
        using var told = new SemaphoreSlim(0);
        using var subject = new CallDeadline(After, _clock, CancellationToken.None);
        subject.OnLate = () =>
        {
            telling.Release();
            told.Wait(Token);
        };
        subject.Begin();
        var ring = Task.Run(() => _clock.Advance(After), Token);
        await telling.WaitAsync(Token);

        var end = Task.Run(subject.End, Token);
        for (var turn = 0; turn < 1_000; turn++)
        {
            await Task.Yield();
            Assert.False(end.IsCompleted);
        }

        told.Release();
        await Task.WhenAll(ring, end).WaitAsync(Token);
    }

    [Fact]
    public async Task Outer_IsCancelled_CancelsTheCallUnderWayAndLaterOnes()
    {
        using var outer = new CancellationTokenSource();
        using var subject = new CallDeadline(After, _clock, outer.Token);
        var token = subject.Begin();

        await outer.CancelAsync();

        Assert.True(token.IsCancellationRequested);
        subject.End();
        Assert.True(subject.Begin().IsCancellationRequested);
    }

    private static async Task CancelledAsync(CancellationToken token)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = token.Register(cancelled.SetResult);
        await cancelled.Task.WaitAsync(Token);
    }
}
