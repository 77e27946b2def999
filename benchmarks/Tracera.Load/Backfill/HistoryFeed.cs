using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>Answers for the past: every item once a minute.</summary>
internal sealed class HistoryFeed : IPriceProvider, IBackfillProvider
{
    public const string Name = "history";
    public const int Items = 1_000;
    private static readonly SourceDescriptor Source = new("history", Currency.Usd);
    private readonly string[] _names = [.. Enumerable.Range(0, Items).Select(static i => $"history {i}")];

    public IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, CancellationToken cancellationToken) => AsyncEnumerable.Empty<RawPrice>();

    public async IAsyncEnumerable<RawPrice> BackfillAsync(
        FetchContext context, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var at = from; at < to; at = at.AddMinutes(1))
        {
            for (var i = 0; i < Items; i++)
            {
                yield return new RawPrice("load", _names[i], 10 + ((at.Minute + i) % 977), Source, 1, at.AddMilliseconds(i));
            }
        }

        await Task.CompletedTask;
    }
}
