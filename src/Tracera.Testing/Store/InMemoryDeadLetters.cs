namespace Tracera.Testing;

/// <summary>Dead letters in memory.</summary>
/// <remarks>Thread-safe. Not bounded: for tests.</remarks>
public sealed class InMemoryDeadLetters : IDeadLetterLog
{
    private readonly Lock _gate = new();
    private readonly List<DeadLetter> _letters = [];
    private long _lastId;

    /// <inheritdoc/>
    public ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(letters);
        lock (_gate)
        {
            foreach (var letter in letters.Where(letter => !_letters.Exists(known => KeyOf(known) == KeyOf(letter))))
            {
                _letters.Add(letter with { Id = ++_lastId });
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new(Cursors.Cut(Enumerable.Reverse(_letters), page));
        }
    }

    /// <inheritdoc/>
    public ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _letters.RemoveAll(letter => ids.Contains(letter.Id));
        }

        return ValueTask.CompletedTask;
    }

    private static (string Sink, SeriesKey Series, long Observed, long Received) KeyOf(DeadLetter letter) =>
        (letter.Sink, letter.Tick.Series, letter.Tick.ObservedAtMicroseconds, letter.Tick.ReceivedAtMicroseconds);
}
