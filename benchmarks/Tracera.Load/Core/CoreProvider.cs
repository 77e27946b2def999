namespace Tracera.Load;

/// <summary>A provider whose venue is an array: it yields the rows of the cycle that is next.</summary>
/// <remarks>It enumerates by hand, because an async iterator alone would take a good part of the time that is to be measured; ours, the peer and the floor read it alike.</remarks>
internal sealed class CoreProvider(string name) : IPriceProvider
{
    private Queue<CoreRow[]> _cycles = new();

    public string Name { get; } = name;

    /// <summary>Sets the cycles that are next.</summary>
    public void Prepare(IEnumerable<CoreRow[]> cycles) => _cycles = new Queue<CoreRow[]>(cycles);

    /// <summary>Yields one cycle, as a provider does that has parsed an answer.</summary>
    public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) =>
        new CoreCycle(_cycles.TryDequeue(out var rows) ? rows : []);
}
