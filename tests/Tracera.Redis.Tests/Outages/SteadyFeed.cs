using System.Globalization;
using System.Runtime.CompilerServices;

namespace Tracera.Redis.Tests.Outages;

/// <summary>A stream of so many new prices a second, and the outside ledger of what it yielded.</summary>
internal sealed class SteadyFeed(int pricesPerSecond, int items) : IStreamingPriceProvider
{
    private const int BeatsPerSecond = 50;
    private static readonly SourceDescriptor Market = new("steady", Currency.Usd);
    private volatile bool _isEnded;
    private long _yielded;

    /// <summary>How many prices were taken from it.</summary>
    public long Yielded => Interlocked.Read(ref _yielded);

    /// <summary>Yields nothing more.</summary>
    public void End() => _isEnded = true;

    public async IAsyncEnumerable<RawPrice> StreamAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (startedAt, item) = (TimeProvider.System.GetTimestamp(), 0);
        using var beat = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / BeatsPerSecond));
        while (await beat.WaitForNextTickAsync(cancellationToken))
        {
            // Catches up after a pause, so that what was slowed down is not lost to the count.
            var due = (long)(TimeProvider.System.GetElapsedTime(startedAt).TotalSeconds * pricesPerSecond);
            while (Yielded < due && !_isEnded)
            {
                var number = Interlocked.Increment(ref _yielded);
                item = (item + 1) % items;
                yield return new RawPrice("steady", string.Create(CultureInfo.InvariantCulture, $"item {item}"), 1 + (number / 100m), Market, number, TimeProvider.System.GetUtcNow());
            }
        }
    }
}
