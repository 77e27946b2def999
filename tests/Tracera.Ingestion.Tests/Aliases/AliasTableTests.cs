using Microsoft.Extensions.DependencyInjection;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Aliases;

public sealed class AliasTableTests
{
    private readonly InMemoryAliases _table = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Merge_AndItsUndoing_CountFromTheNextCycle()
    {
        await using var rig = NewRig();
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        var aliases = rig.Provided.GetRequiredService<IItemAliases>();
        var (old, meant) = (rig.Store.IdOf("old"), rig.Store.IdOf("new"));

        await aliases.MergeAsync(old, meant, Token);
        var merged = await ItemsOfCycleAsync(rig, 2);
        var known = await aliases.GetAsync(Token);
        var wasMerged = await aliases.UndoMergeAsync(old, Token);
        var undone = await ItemsOfCycleAsync(rig, 3);

        Assert.Equal([meant, meant], merged);
        Assert.Equal((new ItemKey("test", "old"), new ItemKey("test", "new")), (Assert.Single(known).From, known[0].To));
        Assert.True(wasMerged);
        Assert.Equal([old, meant], undone);
        Assert.False(await aliases.UndoMergeAsync(old, Token));
    }

    [Fact]
    public async Task Table_ChangedByAnotherHost_IsReadAgain()
    {
        await using var rig = NewRig();
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        await _table.AddAsync(new ItemAlias("p", new("test", "old"), new("test", "new"), rig.Clock.GetUtcNow()), Token);

        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Durable.Ticks is [.., var a, var b] && a.ObservedAt == b.ObservedAt && a.Item == b.Item));

        Assert.Equal(rig.Store.IdOf("new"), rig.Durable.Ticks[^1].Item);
    }

    [Fact]
    public async Task Table_NeverRead_HoldsCyclesBackUntilItIs()
    {
        await using var rig = NewRig();
        _table.IsAway = true;
        await rig.StartAsync();
        var failed = await rig.Store.WhenEndedAsync(1);
        Assert.Equal("p: the table of aliases cannot be read", failed.Error);
        Assert.Empty(rig.Durable.Ticks);

        _table.IsAway = false;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(2));
    }

    [Fact]
    public async Task Table_AwayLater_StaysInUse()
    {
        await _table.AddAsync(new ItemAlias("", new("test", "old"), new("test", "new"), default), Token);
        await using var rig = NewRig();
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        _table.IsAway = true;

        for (var cycle = 2; cycle <= 5; cycle++)
        {
            Assert.Single((await ItemsOfCycleAsync(rig, cycle)).Distinct());
        }
    }

    [Fact]
    public async Task Merge_ThatContradicts_IsRefusedAndSaysWhatToDo()
    {
        await using var rig = NewRig();
        await rig.StartAsync();
        await rig.Store.WhenEndedAsync(1);
        var aliases = rig.Provided.GetRequiredService<IItemAliases>();
        var (old, meant) = (rig.Store.IdOf("old"), rig.Store.IdOf("new"));
        await aliases.MergeAsync(old, meant, Token);

        var chained = await Assert.ThrowsAsync<InvalidOperationException>(async () => await aliases.MergeAsync(meant, old, Token));
        var unknown = await Assert.ThrowsAsync<ArgumentException>(async () => await aliases.MergeAsync(new ItemId(99), meant, Token));
        var same = await Assert.ThrowsAsync<ArgumentException>(async () => await aliases.MergeAsync(meant, meant, Token));

        Assert.Contains("name that item instead", chained.Message, StringComparison.Ordinal);
        Assert.Contains("There is no item 99.", unknown.Message, StringComparison.Ordinal);
        Assert.Contains("an alias of itself", same.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("   ")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData(null)]
    public async Task Alias_OfANameThatNoPriceCanHave_IsRefusedAndSaysWhatIsAllowed(string? name)
    {
        await using var rig = NewRig();
        await rig.StartAsync();
        var aliases = rig.Provided.GetRequiredService<IItemAliases>();
        var (good, bad) = (new ItemKey("test", "new"), new ItemKey("test", name ?? new string('n', 257)));

        var target = await Assert.ThrowsAsync<ArgumentException>(async () => await aliases.AddAsync("", good, bad, Token));
        var source = await Assert.ThrowsAsync<ArgumentException>(async () => await aliases.AddAsync("p", bad, good, Token));

        Assert.StartsWith($"'{bad}' cannot be an item; allowed: a category and a name of 1 to 256 characters each", target.Message, StringComparison.Ordinal);
        Assert.Equal(("to", "from"), (target.ParamName, source.ParamName));
        Assert.Empty(await aliases.GetAsync(Token));
    }

    [Fact]
    public async Task Aliases_StoreWithoutATable_AreRefused()
    {
        await using var rig = new Rig();
        rig.Add("p", ScriptedProvider.Of());
        await rig.StartAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await rig.Provided.GetRequiredService<IItemAliases>().GetAsync(Token));
    }

    private static async Task<IEnumerable<ItemId>> ItemsOfCycleAsync(Rig rig, int cycle)
    {
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(2 * cycle));
        return rig.Durable.Ticks.Skip(2 * (cycle - 1)).Take(2).Select(tick => tick.Item);
    }

    private Rig NewRig()
    {
        var rig = new Rig();
        rig.Services.AddSingleton<IItemAliasStore>(_table);
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("old", 1), ScriptedProvider.Row("new", 2)), options => options.Interval = TimeSpan.FromSeconds(30));
        return rig;
    }
}
