namespace Tracera.Sqlite.Tests;

public sealed class LeaseContractTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAcquire_HeldByAnother_WaitsForItsEnd()
    {
        await using var store = await TestStores.OpenAsync();
        var mine = await store.Leases.TryAcquireAsync("steam", "a", At, Minute, Token);

        Assert.Null(await store.Leases.TryAcquireAsync("steam", "b", At + (Minute / 2), Minute, Token));
        Assert.NotNull(await store.Leases.TryAcquireAsync("csfloat", "b", At, Minute, Token));
        var renewed = await store.Leases.TryAcquireAsync("steam", "a", At + (Minute / 2), Minute, Token);
        Assert.Null(await store.Leases.TryAcquireAsync("steam", "b", At + Minute, Minute, Token));
        var theirs = await store.Leases.TryAcquireAsync("steam", "b", At + (Minute * 1.5), Minute, Token);

        Assert.Equal(mine!.Token, renewed!.Token);
        Assert.Equal(At + (Minute * 1.5), renewed.ExpiresAt);
        Assert.True(theirs!.Token > mine.Token);
    }

    [Fact]
    public async Task Release_HeldLease_IsFreeAtOnceAndALateReleaseIsIgnored()
    {
        await using var store = await TestStores.OpenAsync();
        var mine = await store.Leases.TryAcquireAsync("steam", "a", At, Minute, Token);
        await store.Leases.ReleaseAsync(mine!, Token);
        var theirs = await store.Leases.TryAcquireAsync("steam", "b", At, Minute, Token);

        await store.Leases.ReleaseAsync(mine!, Token);

        Assert.NotNull(theirs);
        Assert.Null(await store.Leases.TryAcquireAsync("steam", "a", At, Minute, Token));
    }
}
