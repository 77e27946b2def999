namespace Tracera.Testing;

/// <summary>What is promised of runs.</summary>
internal static class StoreRunChecks
{
    public static IReadOnlyList<(ConformanceRule Rule, Func<StoreBench, Task> Check)> All { get; } =
    [
        (StoreRunRules.Runs, LifeAsync),
        (StoreRunRules.RunsFenced, FencedAsync),
        (StoreRunRules.RunsEndOnce, EndOnceAsync),
        (StoreRunRules.RunsEndOnce, EndOnceConcurrentlyAsync),
        (StoreRunRules.RunsAbandoned, AbandonedAsync),
        (StoreRunRules.RunList, ListAsync),
    ];

    private static async Task LifeAsync(StoreBench bench)
    {
        var run = await StartAsync(bench, bench.Now, "me", "steam", "csfloat").ConfigureAwait(false);
        var begun = await bench.Store.Runs.FindAsync(run.Id, bench.Token).ConfigureAwait(false);
        bench.Findings.Expect(StoreRunRules.Runs, Same(run, begun), $"A run that was begun is read as {begun}.");
        var row = run.Providers[0] with
        {
            State = RunState.Completed,
            FinishedAt = bench.Now.AddSeconds(5),
            Fetched = 10,
            Rejected = 3,
            RejectedBy = new Dictionary<string, long> { ["no_price"] = 2, ["ta\"b"] = 1 },
            Deduplicated = 1,
            Accepted = 6,
            Stored = 4,
            Corrected = 1,
            DeadLettered = 1,
        };
        var failed = run.Providers[1] with { State = RunState.Failed, Error = "auth", FinishedAt = bench.Now.AddSeconds(6) };
        bench.Findings.Expect(StoreRunRules.Runs, await bench.Store.Runs.UpdateAsync(run.Id, "me", row, bench.Token).ConfigureAwait(false), "A running row was not replaced.");
        bench.Findings.Expect(StoreRunRules.Runs, await bench.Store.Runs.UpdateAsync(run.Id, "me", failed, bench.Token).ConfigureAwait(false), "A second running row was not replaced.");
        bench.Findings.Expect(
            StoreRunRules.Runs,
            !await bench.Store.Runs.UpdateAsync(run.Id, "me", row with { Provider = "unknown" }, bench.Token).ConfigureAwait(false),
            "A row of a provider that is not in the run was replaced.");
        bench.Findings.Expect(
            StoreRunRules.Runs,
            await bench.Store.Runs.FinishAsync(run.Id, "me", RunState.Failed, "csfloat: auth", bench.Now.AddSeconds(6), bench.Token).ConfigureAwait(false),
            "A running run was not ended.");
        await bench.ReopenAsync().ConfigureAwait(false);
        var kept = await bench.Store.Runs.FindAsync(run.Id, bench.Token).ConfigureAwait(false);
        var wanted = run with { State = RunState.Failed, Error = "csfloat: auth", FinishedAt = bench.Now.AddSeconds(6), Providers = [row, failed] };
        bench.Findings.Expect(StoreRunRules.Runs, Same(wanted, kept), $"A run that has ended is read as {kept} with the rows {string.Join("; ", kept?.Providers ?? [])}.");
        var unknown = await bench.Store.Runs.FindAsync(RunId.New(bench.Now), bench.Token).ConfigureAwait(false);
        bench.Findings.Expect(StoreRunRules.Runs, unknown is null, "An unknown run is not null.");
    }

    private static async Task FencedAsync(StoreBench bench)
    {
        var runs = bench.Store.Runs;
        var run = await StartAsync(bench, bench.Now, "me", "steam").ConfigureAwait(false);
        var finished = await runs.FinishAsync(run.Id, "thief", RunState.Completed, null, bench.Now, bench.Token).ConfigureAwait(false);
        var updated = await runs.UpdateAsync(run.Id, "thief", run.Providers[0] with { Fetched = 9 }, bench.Token).ConfigureAwait(false);
        bench.Findings.Expect(StoreRunRules.RunsFenced, !finished && !updated, "Another owner changed the run.");
        var kept = await runs.FindAsync(run.Id, bench.Token).ConfigureAwait(false);
        bench.Findings.Expect(StoreRunRules.RunsFenced, Same(run, kept), $"After another owner's tries the run is read as {kept}.");
    }

    private static async Task EndOnceAsync(StoreBench bench)
    {
        var runs = bench.Store.Runs;
        var run = await StartAsync(bench, bench.Now, "me", "steam", "csfloat").ConfigureAwait(false);
        var done = run.Providers[0] with { State = RunState.Completed, FinishedAt = bench.Now, Fetched = 5 };
        await runs.UpdateAsync(run.Id, "me", done, bench.Token).ConfigureAwait(false);
        await runs.UpdateAsync(run.Id, "me", done, bench.Token).ConfigureAwait(false);
        var rowAgain = await runs.UpdateAsync(run.Id, "me", done with { State = RunState.Failed, Fetched = 6 }, bench.Token).ConfigureAwait(false);
        var first = await runs.FinishAsync(run.Id, "me", RunState.Completed, null, bench.Now, bench.Token).ConfigureAwait(false);
        var second = await runs.FinishAsync(run.Id, "me", RunState.Failed, "late", bench.Now, bench.Token).ConfigureAwait(false);
        var late = await runs.UpdateAsync(run.Id, "me", run.Providers[1] with { Fetched = 1 }, bench.Token).ConfigureAwait(false);
        await runs.StartAsync(run, bench.Now, bench.Token).ConfigureAwait(false);
        var kept = await runs.FindAsync(run.Id, bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectEqual(
            StoreRunRules.RunsEndOnce, (false, true, false, false), (rowAgain, first, second, late), "Answers to: a row that has ended, the end, another end, a row of a run that has ended");
        bench.Findings.ExpectEqual(
            StoreRunRules.RunsEndOnce,
            (RunState.Completed, null, RunState.Completed, 5L),
            (kept!.State, kept.Error, kept.Providers[0].State, kept.Providers[0].Fetched),
            "State, error, and the state and count of the row, after it was begun once more");
    }

    private static async Task EndOnceConcurrentlyAsync(StoreBench bench)
    {
        var run = await StartAsync(bench, bench.Now, "me", "steam").ConfigureAwait(false);
        var ends = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () => await bench.Store.Runs.FinishAsync(run.Id, "me", RunState.Completed, null, bench.Now, bench.Token).ConfigureAwait(false), bench.Token))).ConfigureAwait(false);
        bench.Findings.ExpectEqual(StoreRunRules.RunsEndOnce, 1, ends.Count(ended => ended), "Calls of eight at the same time that ended the run");
    }

    private static async Task AbandonedAsync(StoreBench bench)
    {
        var (runs, now) = (bench.Store.Runs, bench.Now);
        var (mine, theirs, beating) = (
            await StartAsync(bench, now, "me", "steam").ConfigureAwait(false),
            await StartAsync(bench, now, "them", "steam", "csfloat").ConfigureAwait(false),
            await StartAsync(bench, now, "beating", "steam").ConfigureAwait(false));
        var row = theirs.Providers[0] with { State = RunState.Completed, FinishedAt = now };
        await runs.UpdateAsync(theirs.Id, "them", row, bench.Token).ConfigureAwait(false);
        await runs.HeartbeatAsync("beating", now.AddMinutes(5), bench.Token).ConfigureAwait(false);
        var early = await runs.FailAbandonedAsync("me", now.AddSeconds(59), bench.Token).ConfigureAwait(false);
        var over = await runs.FailAbandonedAsync("me", now.AddSeconds(61), bench.Token).ConfigureAwait(false);
        var again = await runs.FailAbandonedAsync("me", now.AddSeconds(62), bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(StoreRunRules.RunsAbandoned, [], early, "Runs ended before any lease was over");
        bench.Findings.ExpectSame(StoreRunRules.RunsAbandoned, [theirs.Id], over, "Runs ended after the lease, of mine, theirs and one with a heartbeat");
        bench.Findings.ExpectSame(StoreRunRules.RunsAbandoned, [], again, "Runs ended once more");
        var ended = await runs.FindAsync(theirs.Id, bench.Token).ConfigureAwait(false);
        bench.Findings.ExpectSame(
            StoreRunRules.RunsAbandoned,
            [RunState.Failed, RunState.Completed, RunState.Failed],
            ended!.Providers.Select(provider => provider.State).Prepend(ended.State),
            "The states of the abandoned run, its row that had ended, and its row that ran");
        bench.Findings.Expect(
            StoreRunRules.RunsAbandoned, ended.Error?.Contains("abandoned", StringComparison.OrdinalIgnoreCase) == true && ended.FinishedAt is not null, $"The abandoned run is read as {ended}.");
        var others = new[] { await runs.FindAsync(mine.Id, bench.Token).ConfigureAwait(false), await runs.FindAsync(beating.Id, bench.Token).ConfigureAwait(false) };
        bench.Findings.Expect(
            StoreRunRules.RunsAbandoned, Array.TrueForAll(others, run => run!.State == RunState.Running), "A run of the asking owner, or one with a heartbeat, was ended.");
        bench.Findings.Expect(
            StoreRunRules.RunsEndOnce,
            !await runs.FinishAsync(theirs.Id, "them", RunState.Completed, null, now, bench.Token).ConfigureAwait(false),
            "A run that was abandoned was ended once more.");
    }

    private static async Task ListAsync(StoreBench bench)
    {
        var at = bench.Now.AddHours(-1);
        for (var i = 0; i < 12; i++)
        {
            var run = await StartAsync(bench, at.AddMinutes(i), "me", i % 3 == 0 ? "steam" : "csfloat").ConfigureAwait(false);
            if (i % 2 == 0)
            {
                await bench.Store.Runs.FinishAsync(run.Id, "me", RunState.Completed, null, bench.Now, bench.Token).ConfigureAwait(false);
            }
        }

        async Task ExpectAsync(string what, IEnumerable<int> minutes, RunQuery query)
        {
            var found = await StoreBench.AllAsync(
                query, next => bench.Store.Runs.ListAsync(next, bench.Token), (next, cursor) => next with { Page = next.Page with { Cursor = cursor } }).ConfigureAwait(false);
            bench.Findings.ExpectSame(StoreRunRules.RunList, minutes, found.Select(run => (int)(run.StartedAt - at).TotalMinutes), $"The minutes of runs: {what}");
        }

        await ExpectAsync("all, in pages of 5", Enumerable.Range(0, 12).Reverse(), new RunQuery(new PageRequest(5))).ConfigureAwait(false);
        await ExpectAsync("of one provider, in pages of 2", [9, 6, 3, 0], new RunQuery(new PageRequest(2), Provider: "steam")).ConfigureAwait(false);
        await ExpectAsync("completed ones of one provider", [6, 0], new RunQuery(new PageRequest(1), RunState.Completed, "steam")).ConfigureAwait(false);
        await ExpectAsync("from 3 to 5", [4, 3], new RunQuery(new PageRequest(9), From: at.AddMinutes(3), To: at.AddMinutes(5))).ConfigureAwait(false);
    }

    private static bool Same(RunRecord wanted, RunRecord? found) =>
        found is not null
        && wanted with { Providers = found.Providers } == found
        && wanted.Providers.Count == found.Providers.Count
        && wanted.Providers.Zip(found.Providers).All(rows =>
            rows.First with { RejectedBy = rows.Second.RejectedBy } == rows.Second
            && rows.First.RejectedBy.OrderBy(pair => pair.Key).SequenceEqual(rows.Second.RejectedBy.OrderBy(pair => pair.Key)));

    private static async Task<RunRecord> StartAsync(StoreBench bench, DateTimeOffset at, string owner, params string[] providers)
    {
        var run = new RunRecord(
            RunId.New(at), RunTrigger.Schedule, RunState.Running, owner, at, null, null, [.. providers.Select(provider => new ProviderRunRecord(provider, RunState.Running, at))]);
        await bench.Store.Runs.StartAsync(run, at.AddMinutes(1), bench.Token).ConfigureAwait(false);
        return run;
    }
}
