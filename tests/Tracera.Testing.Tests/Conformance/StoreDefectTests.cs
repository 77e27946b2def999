namespace Tracera.Testing.Tests;

public sealed class StoreDefectTests
{
    private static readonly Dictionary<string, Func<InMemoryStore, StoreUnderTest>> Defects = new()
    {
        ["store.key/last write wins"] = store => BentStore.With(store, (batch, token) =>
            store.History.WriteAsync(BentStore.Change(batch, tick => tick with { ReceivedAtMicroseconds = UnixTime.ToMicroseconds(TimeProvider.System.GetUtcNow()) }), token)),
        ["store.key/first write wins"] = store => BentStore.With(store, (batch, token) =>
            store.History.WriteAsync(BentStore.Change(batch, tick => tick with { ReceivedAtMicroseconds = 1 }), token)),
        ["store.key/whole seconds"] = store => BentStore.With(store, (batch, token) =>
            store.History.WriteAsync(BentStore.Change(batch, tick => tick with { ObservedAtMicroseconds = tick.ObservedAtMicroseconds / 1_000_000 * 1_000_000 }), token)),
        ["store.outcome/all written"] = store => BentStore.With(store, async (batch, token) =>
        {
            await store.History.WriteAsync(batch, token);
            return WriteOutcome.AllWritten(batch);
        }),
        ["store.outcome/corrected as duplicate"] = store => BentStore.With(store, async (batch, token) =>
        {
            var outcome = await store.History.WriteAsync(batch, token);
            return outcome with { Duplicate = outcome.Duplicate + outcome.Corrected, Corrected = 0 };
        }),
        ["store.batch_again/new outcome"] = store => BentStore.With(store, (batch, token) => store.History.WriteAsync(BentStore.Change(batch, tick => tick, Guid.NewGuid()), token)),
        ["store.exact_decimals/double"] = store => BentStore.With(store, (batch, token) =>
            store.History.WriteAsync(BentStore.Change(batch, tick => tick with { Price = Math.Max((decimal)(float)Math.Min(tick.Price, 1e20m), 0.0001m) }), token)),
        ["store.cancellation/ignored"] = store => BentStore.With(store, (batch, _) => store.History.WriteAsync(batch, default)),
        ["store.durable/forgets"] = store => BentStore.With(store, reopen: () => Kits.Whole(new InMemoryStore())),
        ["store.bars/no volume"] = store => BentStore.With(store, history: new BentHistory(store.History) { Bars = page => page with { Items = [.. page.Items.Select(bar => bar with { Volume = null })] } }),
        ["store.bars/high"] = store => BentStore.With(store, history: new BentHistory(store.History) { Bars = page => page with { Items = [.. page.Items.Select(bar => bar with { High = bar.Close })] } }),
        ["store.bars/moments"] = store => BentStore.With(store, history: new BentHistory(store.History) { Bars = page => page with { Items = [.. page.Items.Select(bar => bar with { Moments = bar.Moments with { M2 = bar.Moments.M2 * (1 + 1e-12) } })] } }),
        ["store.bar_span/from"] = store => BentStore.With(store, history: new BentHistory(store.History) { BarQuery = query => query with { From = query.From + query.Level.Width() } }),
        ["store.bar_span/to"] = store => BentStore.With(store, history: new BentHistory(store.History) { BarQuery = query => query with { To = query.To + query.Level.Width() } }),
        ["store.bar_span/no cursor"] = store => BentStore.With(store, history: new BentHistory(store.History) { Bars = page => page with { Next = null } }),
        ["store.ticks/to included"] = store => BentStore.With(store, history: new BentHistory(store.History) { TickQuery = query => query with { To = query.To.AddMicroseconds(1) } }),
        ["store.ticks/newest first"] = store => BentStore.With(store, history: new BentHistory(store.History) { Ticks = page => page with { Items = [.. page.Items.Reverse()] } }),
        ["store.ticks/every source"] = store => BentStore.With(store, history: new BentHistory(store.History) { TickQuery = query => query with { Source = null } }),
        ["store.latest/future"] = store => BentStore.With(store, history: new BentHistory(store.History) { Latest = (items, now, token) => store.History.GetLatestAsync(items, now.AddHours(1), token) }),
        ["store.latest/order"] = store => BentStore.With(store, history: new BentHistory(store.History)
        {
            Latest = async (items, now, token) => [.. (await store.History.GetLatestAsync(items, now, token)).Reverse()],
        }),
        ["store.windows/order"] = store => BentStore.With(store, history: new BentHistory(store.History) { WindowOrder = series => [.. series.OrderBy(key => key.Item)] }),
        ["store.windows/a bar less"] = store => BentStore.With(store, history: new BentHistory(store.History) { Window = entry => entry with { Bars = entry.Bars.IsEmpty ? entry.Bars : entry.Bars[1..] } }),
        ["store.windows/open end"] = store => BentStore.With(store, history: new BentHistory(store.History) { IsOpenEnded = true }),
        ["store.prior/none"] = store => BentStore.With(store, history: new BentHistory(store.History) { Window = entry => entry with { Prior = null } }),
        ["store.prior/first inside"] = store => BentStore.With(store, history: new BentHistory(store.History) { Window = entry => entry with { Prior = entry.Prior ?? 6 } }),
        ["store.series/instant left out"] = store => BentStore.With(store, history: new BentHistory(store.History) { SeriesLater = TimeSpan.FromMicroseconds(1) }),
        ["store.cursors/taken for none"] = store => BentStore.With(store, history: new BentHistory(store.History) { BarQuery = query => query with { Page = new PageRequest(query.Page.Limit) } }),
        ["store.item_ids/case"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog)
        {
            Items = (keys, token) => store.Catalog.GetOrAddItemsAsync([.. keys.Select(key => key with { Name = key.Name.ToUpperInvariant() })], token),
        }),
        ["store.item_ids/order"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog)
        {
            Items = async (keys, token) => [.. (await store.Catalog.GetOrAddItemsAsync(keys, token)).Order()],
        }),
        ["store.item_ids_concurrently/race"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog) { Items = Racing() }),
        ["store.sources/one currency"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog) { Descriptor = descriptor => descriptor with { Currency = Currency.Usd } }),
        ["store.volume_kind/taken"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog) { Descriptor = descriptor => descriptor with { VolumeKind = VolumeKind.Traded } }),
        ["store.find_items/case"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog) { Name = name => name.ToLowerInvariant() }),
        ["store.list_items/no search"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog) { Query = query => query with { Search = null } }),
        ["store.list_items/no source"] = store => BentStore.With(store, catalog: new BentCatalog(store.Catalog) { Query = query => query with { Source = null } }),
        ["store.aliases/one provider"] = store => BentStore.With(store, aliases: new BentAliases(store.Aliases) { Alias = alias => alias with { Provider = "" } }),
        ["store.aliases/order"] = store => BentStore.With(store, aliases: new BentAliases(store.Aliases) { Order = all => all.Reverse() }),
        ["store.alias_conflicts/swallowed"] = store => BentStore.With(store, aliases: new BentAliases(store.Aliases) { SwallowsConflicts = true }),
        ["store.aliases_removed/kept"] = store => BentStore.With(store, aliases: new BentAliases(store.Aliases) { RemovesNothing = true }),
        ["store.runs/counts"] = store => BentStore.With(store, runs: new BentRuns(store.Runs) { Row = row => row with { Stored = row.Accepted } }),
        ["store.runs/reasons"] = store => BentStore.With(store, runs: new BentRuns(store.Runs) { Row = row => row with { RejectedBy = new Dictionary<string, long>() } }),
        ["store.runs_fenced/any owner"] = store => BentStore.With(store, runs: new BentRuns(store.Runs) { ForgetsOwners = true }),
        ["store.runs_end_once/always"] = store => BentStore.With(store, runs: new BentRuns(store.Runs) { AlwaysEnds = true }),
        ["store.runs_abandoned/no heartbeat"] = store => BentStore.With(store, runs: new BentRuns(store.Runs) { ForgetsHeartbeats = true }),
        ["store.run_list/no state"] = store => BentStore.With(store, runs: new BentRuns(store.Runs) { Query = query => query with { State = null } }),
        ["store.run_list/no from"] = store => BentStore.With(store, runs: new BentRuns(store.Runs) { Query = query => query with { From = null } }),
        ["store.leases/short"] = store => BentStore.With(store, leases: new BentLeases(store.Leases) { Duration = duration => duration / 4 }),
        ["store.leases/one token"] = store => BentStore.With(store, leases: new BentLeases(store.Leases) { Lease = lease => lease is null ? null : lease with { Token = 1 } }),
        ["store.lease_release/ignored"] = store => BentStore.With(store, leases: new BentLeases(store.Leases) { IgnoresRelease = true }),
        ["store.dead_letters/one sink"] = store => BentStore.With(store, letters: new BentLetters(store.DeadLetters) { Letter = letter => letter with { Sink = "store" } }),
        ["store.dead_letters/no detail"] = store => BentStore.With(store, letters: new BentLetters(store.DeadLetters) { Letter = letter => letter with { Detail = null } }),
        ["store.dead_letters_removed/kept"] = store => BentStore.With(store, letters: new BentLetters(store.DeadLetters) { RemovesNothing = true }),
        ["store.backfills/backward"] = store => BentStore.With(store, backfills: new BentBackfills(store.Backfills)),
    };

    public static TheoryData<string> Names => [.. Defects.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Store_WithADefect_BreaksItsRule(string name) =>
        await Kits.ExpectBrokenAsync(RuleOf(name), token => Kits.Store(Defects[name]).VerifyAsync(token));

    [Fact]
    public void Rules_All_HaveADefect() => Assert.Equal(StoreRules.All.ToHashSet(), Defects.Keys.Select(RuleOf).ToHashSet());

    [Fact]
    public async Task Store_WithoutItsOptionalParts_IsToldWhatWasNotLookedAt()
    {
        var error = await Assert.ThrowsAsync<ConformanceException>(() => Kits.Store(store => new StoreUnderTest
        {
            Sink = store.History,
            History = store.History,
            Catalog = store.Catalog,
            Runs = store.Runs,
            Leases = store.Leases,
        }).VerifyAsync(TestContext.Current.CancellationToken));

        Assert.Equal(
            [StoreTickRules.Durable, .. StoreAliasRules.All, StoreRunRules.DeadLetters, StoreRunRules.DeadLettersRemoved, StoreRunRules.Backfills],
            error.Broken.Select(broken => broken.Rule));
        Assert.All(error.Broken, broken => Assert.StartsWith("It cannot be looked at, because StoreUnderTest.", broken.Detail, StringComparison.Ordinal));
    }

    private static ConformanceRule RuleOf(string name) => StoreRules.All.Single(rule => rule.Id == name.Split('/')[0]);

    // Looks first and adds then, with time for others in between: each caller is given ids of its own.
    private static Func<IReadOnlyList<ItemKey>, CancellationToken, ValueTask<IReadOnlyList<ItemId>>> Racing()
    {
        var last = 0;
        return (keys, _) => new([.. keys.Select(_ => new ItemId(Interlocked.Increment(ref last)))]);
    }
}
