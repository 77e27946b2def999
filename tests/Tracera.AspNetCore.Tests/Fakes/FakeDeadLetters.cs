namespace Tracera.AspNetCore.Tests;

/// <summary>Dead letters in memory.</summary>
internal sealed class FakeDeadLetters : IDeadLetterLog
{
    public List<DeadLetter> Letters { get; } = [];

    public ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken) =>
        ValueTask.FromResult(FakeStore.Page(Letters.OrderByDescending(letter => letter.Id), page));

    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) => throw new NotSupportedException();
}
