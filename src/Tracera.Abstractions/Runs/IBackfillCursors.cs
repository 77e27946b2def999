namespace Tracera;

/// <summary>Keeps in the store how far backfills have come, so that one that was interrupted goes on where it was.</summary>
/// <remarks>
/// Thread-safe. A cursor belongs to a provider and the range that was asked for. Only the holder of the provider's lease moves it. Calls may be repeated after an
/// error: each is idempotent.
/// </remarks>
public interface IBackfillCursors
{
    /// <summary>Begins a backfill, or takes up one that did not end.</summary>
    /// <param name="provider">The provider's registered name.</param>
    /// <param name="from">The first instant of the range, included.</param>
    /// <param name="to">The last, excluded.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The instant from which to go on: <paramref name="from"/> for a new one.</returns>
    ValueTask<DateTimeOffset> OpenAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Moves a cursor forward; one that is further already, or not open, stays as it is.</summary>
    /// <param name="cursor">The cursor with its new position.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    ValueTask MoveAsync(BackfillCursor cursor, CancellationToken cancellationToken);

    /// <summary>Forgets a backfill whose whole range is in the store; one that is not open is ignored.</summary>
    /// <param name="provider">The provider's registered name.</param>
    /// <param name="from">The first instant of the range.</param>
    /// <param name="to">The last, excluded.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is durable.</returns>
    ValueTask CloseAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

    /// <summary>Reads the backfills that have not ended.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The cursors, by provider and range.</returns>
    ValueTask<IReadOnlyList<BackfillCursor>> ListAsync(CancellationToken cancellationToken);
}
