namespace Tracera;

/// <summary>Keeps what a sink refused for good, until it is replayed or its retention ends.</summary>
/// <remarks>Thread-safe. Adding is idempotent by (sink, item, source, observed at, received at).</remarks>
public interface IDeadLetterLog
{
    /// <summary>Keeps letters; their <see cref="DeadLetter.Id"/> is ignored and given anew.</summary>
    /// <param name="letters">What was refused.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are durable.</returns>
    ValueTask AddAsync(IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken);

    /// <summary>Lists letters, newest first.</summary>
    /// <param name="page">How many, and from where.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page.</returns>
    ValueTask<Page<DeadLetter>> ListAsync(PageRequest page, CancellationToken cancellationToken);

    /// <summary>Removes letters that were replayed.</summary>
    /// <param name="ids">Their numbers; unknown ones are ignored.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when they are gone.</returns>
    ValueTask RemoveAsync(IReadOnlyList<long> ids, CancellationToken cancellationToken);
}
