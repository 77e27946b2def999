namespace Tracera.Postgres.Tests;

/// <summary>Messages of others hold what PostgreSQL has no form for, and are stored all the same.</summary>
public sealed class StoredTextTests
{
    private const string Odd = "null \0, half \uD83D, whole \uD83D\uDD2A";
    private const string Kept = "null \uFFFD, half \uFFFD, whole \uD83D\uDD2A";

    // What MaxNameLength may be at most, and what the name of a provider.
    private const int LongestName = 400;
    private const int LongestProvider = 64;
    private static readonly DateTimeOffset Now = new(2026, 1, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_WhoseErrorsHoldSuchCharacters_EndsWithThem()
    {
        await using var store = await TestStore.OpenAsync();
        var id = RunId.New(Now);
        var provider = new ProviderRunRecord("p", RunState.Running, Now, null, null);
        await store.Runs.StartAsync(new RunRecord(id, RunTrigger.Demand, RunState.Running, "me", Now, null, null, [provider]), Now.AddMinutes(1), Token);

        await store.Runs.UpdateAsync(id, "me", provider with { State = RunState.Failed, FinishedAt = Now, Error = Odd }, Token);
        await store.Runs.FinishAsync(id, "me", RunState.Failed, Odd, Now, Token);

        var run = await store.Runs.FindAsync(id, Token);
        Assert.Equal((RunState.Failed, Kept, Kept), (run!.State, run.Error, run.Providers[0].Error));
    }

    [Fact]
    public async Task DeadLetter_WhoseDetailHoldsSuchCharacters_IsKept()
    {
        await using var store = await TestStore.OpenAsync();
        var tick = new PriceTick(new ItemId(1), new SourceId(1), 1, null, 1, 1);
        await store.DeadLetters.AddAsync([new DeadLetter(0, "alert", RunId.New(Now), "p", tick, "refused", Odd, Now)], Token);
        Assert.Equal(Kept, (await store.DeadLetters.ListAsync(new PageRequest(10), Token)).Items[0].Detail);
    }

    [Fact]
    public async Task Names_AsLongAsAreTaken_FitIntoEveryIndexWhateverTheirLetters()
    {
        await using var store = await TestStore.OpenAsync();
        var random = new Random(7);

        // Letters of three bytes each that do not repeat, so that nothing of them can be pressed together.
        string Text(int length) => new([.. Enumerable.Range(0, length).Select(_ => (char)random.Next(0x4E00, 0x9FFF))]);
        var (key, meant, provider) = (new ItemKey(Text(LongestName), Text(LongestName)), new ItemKey(Text(LongestName), Text(LongestName)), Text(LongestProvider));

        Assert.Equal(2, (await store.Catalog.GetOrAddItemsAsync([key, meant], Token)).Distinct().Count());
        await store.Catalog.GetOrAddSourceAsync(provider, new SourceDescriptor(Text(LongestName), Currency.Usd), Token);
        await store.Aliases.AddAsync(new ItemAlias(provider, key, meant, Now), Token);

        var tooLong = new ItemKey(Text(LongestName), Text(LongestName + 150));
        var refusal = await Assert.ThrowsAsync<Npgsql.PostgresException>(async () => await store.Catalog.GetOrAddItemsAsync([tooLong], Token));
        Assert.Equal("54000", refusal.SqlState);
    }
}
