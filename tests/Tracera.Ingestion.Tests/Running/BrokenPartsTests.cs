using Microsoft.Extensions.DependencyInjection;

namespace Tracera.Ingestion.Tests.Running;

/// <summary>What the app has registered beside its providers may fail too; it costs a cycle, and is told.</summary>
public sealed class BrokenPartsTests
{
    [Fact]
    public async Task Mapper_ThatCannotBeMadeAtFirst_FailsTheCycleAndNotTheProvider()
    {
        await using var rig = new Rig();
        var log = rig.AddLogBook();
        var made = 0;
        rig.Services.AddTransient<IItemMapper>(_ => ++made == 1 ? throw new IOException("no file") : new SameName());
        rig.Add("a", ScriptedProvider.Of(ScriptedProvider.Row("x", 1)));
        rig.Add("b", ScriptedProvider.Of(ScriptedProvider.Row("y", 2)));
        await rig.StartAsync();
        var first = await rig.Store.WhenEndedAsync(1);

        Assert.Equal(RunState.Failed, first.State);
        Assert.Equal("IOException: no file", Assert.Single(first.Providers, row => row.State == RunState.Failed).Error);
        Assert.Contains(" could not be asked in run ", Assert.Single(log.Of(2105)).Text, StringComparison.Ordinal);
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(2));
        await rig.RunUntilAsync(Gate.WhenAsync(() => rig.Status("a").LastSuccessAt is not null && rig.Status("b").LastSuccessAt is not null));
    }

    [Fact]
    public async Task AliasTable_ThatContradictsItself_FailsTheCycleUntilItIsMended()
    {
        await using var rig = new Rig();
        var table = new TwiceSaid();
        rig.Services.AddSingleton<IItemAliasStore>(table);
        rig.Add("p", ScriptedProvider.Of(ScriptedProvider.Row("x", 1)));
        await rig.StartAsync();
        var first = await rig.Store.WhenEndedAsync(1);

        Assert.Equal(RunState.Failed, first.State);
        Assert.StartsWith("p: the table of aliases cannot be used: ArgumentException: ", first.Error, StringComparison.Ordinal);
        table.IsMended = true;
        await rig.RunUntilAsync(rig.Durable.WhenWrittenAsync(1));
    }

    private sealed class SameName : IItemMapper
    {
        public ItemKey Map(string provider, ItemKey key) => key;
    }

    private sealed class TwiceSaid : IItemAliasStore
    {
        private readonly ItemAlias _alias = new("", new ItemKey("test", "a"), new ItemKey("test", "b"), DateTimeOffset.UnixEpoch);

        public bool IsMended { get; set; }

        public ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken) => new(IsMended ? [_alias] : [_alias, _alias]);

        public ValueTask AddAsync(ItemAlias alias, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
