using System.Runtime.CompilerServices;

namespace Tracera.Providers;

/// <summary>A market that does not exist.</summary>
/// <remarks>
/// What an item costs is a function of the seed, the item and the time alone. Which items trade in a cycle, and how often, is a function of the seed, the
/// cycle's scheduled time and the one before; the first cycle of an instance names every item once, so that a new catalogue is whole at once.
/// </remarks>
internal sealed class SimulatedProvider : IPriceProvider, IBackfillProvider
{
    private const string Category = "sim:market";
    private const int RowsBetweenYields = 1_024;
    private const ulong TradeSalt = 1;
    private const ulong GapSalt = 2;
    private const ulong BurstSalt = 3;
    private const ulong SizeSalt = 4;
    private const long GapMicroseconds = 120 * UnixTime.MicrosecondsPerSecond;
    private const long LongestBurstMicroseconds = 60 * UnixTime.MicrosecondsPerSecond;
    private static readonly TimeSpan BackfillStep = TimeSpan.FromMinutes(1);
    private static readonly SourceDescriptor Source = new("simulated", Currency.Usd, PriceKind.LastTrade, VolumeKind.Traded);
    private readonly SimulatedOptions _options;
    private readonly SimulatedItem[] _items;
    private long? _previous;

    public SimulatedProvider(SimulatedOptions options)
    {
        _options = options;
        _items = new SimulatedItem[options.ItemCount];
        for (var i = 0; i < _items.Length; i++)
        {
            _items[i] = new SimulatedItem(i, options.Seed);
        }
    }

    public async IAsyncEnumerable<RawPrice> FetchAsync(FetchContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var now = UnixTime.ToMicroseconds(context.ScheduledAt);
        for (var i = 0; i < _items.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsPause(i))
            {
                await Task.Yield();
            }

            var item = _items[i];
            var trades = TradesOf(item, now);
            for (var left = trades - 1; left > 0; left--)
            {
                yield return Trade(item, now - (Elapsed(now) * left / trades), isCycleTime: false);
            }

            if (trades > 0)
            {
                yield return Trade(item, now, isCycleTime: true);
            }
        }

        _previous = now;
    }

    public async IAsyncEnumerable<RawPrice> BackfillAsync(
        FetchContext context, DateTimeOffset from, DateTimeOffset to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rest = from.UtcTicks % BackfillStep.Ticks;
        for (var at = rest == 0 ? from : from.AddTicks(BackfillStep.Ticks - rest); at < to; at += BackfillStep)
        {
            for (var i = 0; i < _items.Length; i++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (IsPause(i))
                {
                    await Task.Yield();
                }

                yield return Trade(_items[i], UnixTime.ToMicroseconds(at), isCycleTime: false);
            }
        }
    }

    // Nothing here waits for anything, so a large market would hold its thread.
    private static bool IsPause(int row) => row % RowsBetweenYields == RowsBetweenYields - 1;

    private int TradesOf(SimulatedItem item, long now)
    {
        if (_previous is null)
        {
            return 1;
        }

        if (item.Chance(GapSalt, now / GapMicroseconds) < _options.GapChance || item.Chance(TradeSalt, now) >= _options.TradeChance)
        {
            return 0;
        }

        return Elapsed(now) > _options.BurstSize && item.Chance(BurstSalt, now) < _options.BurstChance
            ? 2 + (int)(item.Chance(SizeSalt, now) * (_options.BurstSize - 1))
            : 1;
    }

    private long Elapsed(long now) => Math.Clamp(now - (_previous ?? now), 0, LongestBurstMicroseconds);

    private RawPrice Trade(SimulatedItem item, long microseconds, bool isCycleTime) => new(
        Category,
        item.Name,
        item.PriceAt(microseconds, _options.Volatility),
        Source,
        item.VolumeAt(microseconds),
        isCycleTime ? null : UnixTime.FromMicroseconds(microseconds));
}
