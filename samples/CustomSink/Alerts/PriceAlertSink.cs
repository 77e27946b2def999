using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera;

namespace CustomSink;

/// <summary>Warns whenever the price of a watched item comes to its threshold, rises above it, or falls below it again.</summary>
public sealed partial class PriceAlertSink(IItemCatalog catalog, IOptions<PriceAlertOptions> options, ILogger<PriceAlertSink> logger) : IPriceSink
{
    private readonly Dictionary<ItemId, Item> _items = [];
    private readonly Dictionary<SeriesKey, PriceTick> _newest = [];

    public async ValueTask<WriteOutcome> WriteAsync(PriceBatch batch, CancellationToken cancellationToken)
    {
        var ticks = MemoryMarshal.ToEnumerable(batch.Ticks);
        foreach (var item in await catalog.GetItemsAsync([.. ticks.Select(tick => tick.Item).Except(_items.Keys)], cancellationToken))
        {
            _items[item.Id] = item;
        }

        foreach (var tick in ticks)
        {
            var (name, before) = (_items[tick.Item].Name, _newest.GetValueOrDefault(tick.Series));
            if (options.Value.Thresholds.TryGetValue(name, out var threshold) && tick.IsNewerThan(before))
            {
                _newest[tick.Series] = tick;
                if (tick.Price >= threshold != before.Price >= threshold)
                {
                    Crossed(logger, name, tick.Price, threshold);
                }
            }
        }

        return WriteOutcome.AllWritten(batch);
    }

    [LoggerMessage(LogLevel.Warning, "{Item} is at {Price}, across its threshold of {Threshold}.")]
    private static partial void Crossed(ILogger logger, string item, decimal price, decimal threshold);
}
