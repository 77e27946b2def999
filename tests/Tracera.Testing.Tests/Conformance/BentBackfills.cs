namespace Tracera.Testing.Tests;

/// <summary>Cursors of backfills that move however they are told.</summary>
internal sealed class BentBackfills(IBackfillCursors inner) : IBackfillCursors
{
    private readonly Dictionary<(string Provider, DateTimeOffset To), DateTimeOffset> _last = [];

    public async ValueTask<DateTimeOffset> OpenAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var position = await inner.OpenAsync(provider, from, to, cancellationToken);
        return _last.GetValueOrDefault((provider, to), position);
    }

    public ValueTask MoveAsync(BackfillCursor cursor, CancellationToken cancellationToken)
    {
        _last[(cursor.Provider, cursor.To)] = cursor.Position;
        return inner.MoveAsync(cursor, cancellationToken);
    }

    public ValueTask CloseAsync(string provider, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken) =>
        inner.CloseAsync(provider, from, to, cancellationToken);

    public ValueTask<IReadOnlyList<BackfillCursor>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);
}
