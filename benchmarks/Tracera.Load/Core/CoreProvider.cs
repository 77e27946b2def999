using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>A provider whose venue is an array: it yields the rows of the cycle that is next.</summary>
internal sealed class CoreProvider(string name) : IPriceProvider
{
    private static readonly SourceDescriptor Market = new("load", Currency.Usd);
    private Queue<CoreRow[]> _cycles = new();

    public string Name { get; } = name;

    /// <summary>Sets the cycles that are next.</summary>
    public void Prepare(IEnumerable<CoreRow[]> cycles) => _cycles = new Queue<CoreRow[]>(cycles);

    /// <summary>Yields one cycle, as a provider does that has parsed an answer.</summary>
    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (_cycles.TryDequeue(out var rows))
        {
            for (var i = 0; i < rows.Length; i++)
            {
                yield return new RawPrice(CoreFeed.Category, rows[i].Name, rows[i].Price, Market);
            }
        }
    }
}
