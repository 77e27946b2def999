namespace Tracera.Redis.Tests.Hosting;

/// <summary>Waits for what a real server brings about and tells nobody of.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static Task HoldsAsync(Func<bool> condition, TimeSpan within, string what) => HoldsAsync(() => Task.FromResult(condition()), within, what);

    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        using var timer = new PeriodicTimer(Pause);
        var startedAt = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(startedAt) < within, $"{what}: not within {within}.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
