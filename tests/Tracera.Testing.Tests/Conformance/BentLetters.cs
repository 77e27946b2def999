namespace Tracera.Testing.Tests;

/// <summary>Dead letters with calls that a test bends; without, the inner one's.</summary>
internal sealed class BentLetters(IDeadLetterLog inner) : IDeadLetterLog
{
    public Func<DeadLetter, DeadLetter> Letter { get; init; } = letter => letter;

    public bool RemovesNothing { get; init; }

    public ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken) =>
        inner.AddAsync([.. letters.Select(Letter)], cancellationToken);

    public ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken) => inner.ListAsync(page, cancellationToken);

    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        RemovesNothing ? ValueTask.CompletedTask : inner.RemoveAsync(ids, cancellationToken);
}
