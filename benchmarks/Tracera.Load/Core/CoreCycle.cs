namespace Tracera.Load;

/// <summary>The rows of one cycle, enumerated once.</summary>
internal sealed class CoreCycle(CoreRow[] rows) : IAsyncEnumerable<RawPrice>, IAsyncEnumerator<RawPrice>
{
    private static readonly SourceDescriptor Market = new("load", Currency.Usd);
    private int _at = -1;

    public RawPrice Current => new(CoreFeed.Category, rows[_at].Name, rows[_at].Price, Market);

    public IAsyncEnumerator<RawPrice> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

    public ValueTask<bool> MoveNextAsync() => new(++_at < rows.Length);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
