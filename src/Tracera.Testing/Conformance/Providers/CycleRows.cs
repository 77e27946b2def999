namespace Tracera.Testing;

/// <summary>The rows of a cycle as they come, within a bound: a cycle without an end must not fill the memory.</summary>
/// <remarks>Thread-safe for rejections, which a provider may tell from any thread.</remarks>
internal sealed class CycleRows(CancellationToken ending)
{
    private const int Most = 1_000_000;

    private readonly Lock _gate = new();
    private int _count;

    public List<RawPrice> Prices { get; } = [];

    public List<Rejection> Rejections { get; } = [];

    public bool IsOverrun => Volatile.Read(ref _count) > Most;

    public void Add(RawPrice price)
    {
        Count();
        Prices.Add(price);
    }

    public void Add(Rejection rejection)
    {
        Count();
        lock (_gate)
        {
            Rejections.Add(rejection);
        }
    }

    private void Count()
    {
        ending.ThrowIfCancellationRequested();
        if (Interlocked.Increment(ref _count) > Most)
        {
            throw new StuckException($"A cycle gave more than {Most:N0} rows.");
        }
    }
}
