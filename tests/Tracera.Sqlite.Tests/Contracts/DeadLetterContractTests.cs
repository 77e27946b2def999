namespace Tracera.Sqlite.Tests;

public sealed class DeadLetterContractTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Letters_AddedTwice_AreKeptOnceAndListedNewestFirst()
    {
        await using var store = await TestStores.OpenAsync();
        var letters = Enumerable.Range(0, 7).Select(i => Letter(i)).ToList();
        await store.DeadLetters.AddAsync(letters, Token);
        await store.DeadLetters.AddAsync(letters, Token);

        var (kept, cursor) = (new List<DeadLetter>(), (string?)null);
        do
        {
            var page = await store.DeadLetters.ListAsync(new PageRequest(3, cursor), Token);
            kept.AddRange(page.Items);
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(letters), kept.Select(letter => letter with { Id = 0 }));
        Assert.Equal(kept.OrderByDescending(letter => letter.Id), kept);
    }

    [Fact]
    public async Task Remove_Letters_LeavesTheOthers()
    {
        await using var store = await TestStores.OpenAsync();
        await store.DeadLetters.AddAsync([Letter(1), Letter(2), Letter(3)], Token);
        var before = (await store.DeadLetters.ListAsync(new PageRequest(10), Token)).Items;

        await store.DeadLetters.RemoveAsync([before[1].Id, 12_345], Token);

        Assert.Equal([before[0], before[2]], (await store.DeadLetters.ListAsync(new PageRequest(10), Token)).Items);
    }

    private static DeadLetter Letter(int n) => new(
        0, "store", new RunId(new Guid(n, 0, 0, new byte[8])), "steam",
        new SeriesKey(new ItemId(n + 1), new SourceId(1)).Tick(At.AddSeconds(n), 1.5m, n % 2 == 0 ? null : n), "22003", n == 0 ? null : "too large", At.AddSeconds(n));
}
