using Microsoft.Extensions.Logging.Abstractions;
using Tracera.Testing;

namespace Tracera.Ingestion.Tests.Aliases;

/// <summary>Readings of the table that overtake each other.</summary>
public sealed class AliasReadingTests
{
    private static readonly ItemAlias Alias = new("", new("test", "old"), new("test", "new"), default);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Read_AnsweredAfterALaterOne_DoesNotPutTheOldTableBack()
    {
        var store = new SlowAliases();
        var table = new AliasTable([store], Microsoft.Extensions.Options.Options.Create(new ItemAliasOptions()), new ManualTimeProvider(), NullLogger<AliasTable>.Instance);
        var first = table.ReadAsync(Token);
        var second = table.ReadAsync(Token);

        store.Answers[1].SetResult([Alias]);
        Assert.Equal([Alias], (await second)!.Aliases);
        store.Answers[0].SetResult([]);

        Assert.Equal([Alias], (await first)!.Aliases);
        Assert.Equal([Alias], (await table.GetAsync(Token))!.Aliases);
    }

    private sealed class SlowAliases : IItemAliasStore
    {
        public List<TaskCompletionSource<IReadOnlyList<ItemAlias>>> Answers { get; } = [];

        public async ValueTask<IReadOnlyList<ItemAlias>> GetAsync(CancellationToken cancellationToken)
        {
            var answer = new TaskCompletionSource<IReadOnlyList<ItemAlias>>();
            Answers.Add(answer);
            return await answer.Task;
        }

        public ValueTask AddAsync(ItemAlias alias, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> RemoveAsync(string provider, ItemKey from, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
