namespace Tracera.Testing;

/// <summary>Cursors of backfills in memory.</summary>
/// <remarks>Thread-safe.</remarks>
public sealed class InMemoryBackfills : IBackfillCursors
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Provider, DateTimeOffset From, DateTimeOffset To), BackfillCursor> _cursors = [];

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset> OpenAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_cursors.TryGetValue((provider, from, to), out var known))
            {
                _cursors[(provider, from, to)] = known = new BackfillCursor(provider, from, to, from);
            }

            return new(known.Position);
        }
    }

    /// <inheritdoc/>
    public ValueTask MoveAsync(BackfillCursor cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cursor);
        lock (_gate)
        {
            var key = (cursor.Provider, cursor.From, cursor.To);
            if (_cursors.TryGetValue(key, out var known) && known.Position < cursor.Position)
            {
                _cursors[key] = cursor;
            }
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CloseAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _cursors.Remove((provider, from, to));
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<BackfillCursor>> ListAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return new([.. _cursors.Values.OrderBy(cursor => cursor.Provider, StringComparer.Ordinal).ThenBy(cursor => cursor.From).ThenBy(cursor => cursor.To)]);
        }
    }
}
