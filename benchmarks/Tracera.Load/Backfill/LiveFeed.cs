using System.Runtime.CompilerServices;

namespace Tracera.Load;

/// <summary>Streams prices of now, so many a second.</summary>
internal sealed class LiveFeed(int perSecond, TimeProvider time) : IStreamingPriceProvider
{
    public const string Name = "live";
    private const int Items = 1_000;
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);
    private static readonly SourceDescriptor Source = new("live", Currency.Usd);
    private readonly string[] _names = [.. Enumerable.Range(0, Items).Select(static i => $"live {i}")];

    public async IAsyncEnumerable<RawPrice> StreamAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Beat, time);
        var (startedAt, sent) = (time.GetTimestamp(), 0L);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            for (var due = (long)(time.GetElapsedTime(startedAt).TotalSeconds * perSecond); sent < due; sent++)
            {
                yield return new RawPrice("load", _names[sent % Items], 10 + (sent % 977), Source, 1, time.GetUtcNow().AddTicks(sent % Items * TimeSpan.TicksPerMicrosecond));
            }
        }
    }
}
