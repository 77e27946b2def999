namespace Tracera.Testing;

/// <summary>What is promised of leases.</summary>
internal static class StoreLeaseChecks
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreRunRules.Leases, HeldAsync),
        (StoreRunRules.Leases, ContendedAsync),
        (StoreRunRules.LeaseRelease, ReleasedAsync),
    ];

    private static async Task HeldAsync(StoreBench bench)
    {
        var (leases, now) = (bench.Store.Leases, bench.Now);
        var mine = await leases.TryAcquireAsync("steam", "a", now, Minute, bench.Token).ConfigureAwait(false);
        var refused = await leases.TryAcquireAsync("steam", "b", now + (Minute / 2), Minute, bench.Token).ConfigureAwait(false);
        var elsewhere = await leases.TryAcquireAsync("csfloat", "b", now, Minute, bench.Token).ConfigureAwait(false);
        var renewed = await leases.TryAcquireAsync("steam", "a", now + (Minute / 2), Minute, bench.Token).ConfigureAwait(false);
        var stillRefused = await leases.TryAcquireAsync("steam", "b", now + Minute, Minute, bench.Token).ConfigureAwait(false);
        var taken = await leases.TryAcquireAsync("steam", "b", now + (Minute * 2), Minute, bench.Token).ConfigureAwait(false);
        var lost = await leases.TryAcquireAsync("steam", "a", now + (Minute * 2), Minute, bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectEqual(
            StoreRunRules.Leases,
            (true, false, true, true, false, true, false),
            (mine is not null, refused is not null, elsewhere is not null, renewed is not null, stillRefused is not null, taken is not null, lost is not null),
            "Given to: the first, another during it, another of another provider, the first again, another during the renewed one, another after its end, the first then");
        bench.Findings.Expect(
            StoreRunRules.Leases,
            renewed is null || (renewed.Token == mine!.Token && renewed.ExpiresAt == now + (Minute * 1.5) && renewed is { Provider: "steam", Owner: "a" }),
            $"{mine} was renewed as {renewed}.");
        bench.Findings.Expect(StoreRunRules.Leases, taken is null || taken.Token > mine!.Token, $"The token did not rise from {mine} to {taken}.");
    }

    private static async Task ContendedAsync(StoreBench bench)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(
            async () => await bench.Store.Leases.TryAcquireAsync("steam", $"host {i}", bench.Now, Minute, bench.Token).ConfigureAwait(false), bench.Token))).ConfigureAwait(false);
        bench.Findings.ExpectEqual(StoreRunRules.Leases, 1, answers.Count(lease => lease is not null), "Holders after eight hosts asked at the same time");
    }

    private static async Task ReleasedAsync(StoreBench bench)
    {
        var leases = bench.Store.Leases;
        var mine = await leases.TryAcquireAsync("steam", "a", bench.Now, Minute, bench.Token).ConfigureAwait(false);
        await leases.ReleaseAsync(mine!, bench.Token).ConfigureAwait(false);
        var theirs = await leases.TryAcquireAsync("steam", "b", bench.Now, Minute, bench.Token).ConfigureAwait(false);
        bench.Findings.Expect(StoreRunRules.LeaseRelease, theirs is not null, "A lease that was given back is not free.");
        bench.Findings.Expect(StoreRunRules.Leases, theirs is null || theirs.Token > mine!.Token, $"The token did not rise from {mine} to {theirs}.");
        await leases.ReleaseAsync(mine!, bench.Token).ConfigureAwait(false);
        var late = await leases.TryAcquireAsync("steam", "c", bench.Now, Minute, bench.Token).ConfigureAwait(false);
        bench.Findings.Expect(StoreRunRules.LeaseRelease, late is null, "Releasing a lease that is no longer held freed another host's.");
    }
}
