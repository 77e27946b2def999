using System.Threading.Channels;

namespace Tracera.Load;

/// <summary>One provider of the peer: enumerates, checks, looks up, compares and writes tick by tick.</summary>
internal sealed class ItemChannelReader(CoreProvider provider)
{
    private const int MaxNameLength = 256;
    private const int MaxDecimals = 12;
    private const decimal TooLarge = 1_000_000_000_000_000m;
    private readonly Dictionary<ItemKey, ItemId> _items = [];
    private readonly Dictionary<SourceDescriptor, SourceId> _sources = [];
    private readonly Dictionary<(ItemId, SourceId, long), (decimal Price, decimal? Volume)> _seen = [];

    public long Fetched { get; private set; }

    public long Rejected { get; private set; }

    public long Deduplicated { get; private set; }

    public async Task RunAsync(int cycles, ChannelWriter<PriceTick> ticks, CancellationToken cancellationToken)
    {
        for (var i = 0; i < cycles; i++)
        {
            _seen.Clear();
            var context = new FetchContext(provider.Name, RunId.New(DateTimeOffset.UtcNow), DateTimeOffset.UtcNow, new ProviderOptions(), static _ => { });
            await foreach (var raw in provider.FetchAsync(context, cancellationToken))
            {
                Fetched++;
                if (TryNormalize(raw, context.ScheduledAt, out var tick))
                {
                    await ticks.WriteAsync(tick, cancellationToken);
                }
            }
        }
    }

    private bool TryNormalize(in RawPrice raw, DateTimeOffset scheduledAt, out PriceTick tick)
    {
        tick = default;
        var now = DateTimeOffset.UtcNow;
        var observedAt = raw.ObservedAt ?? scheduledAt;
        if (!IsGood(raw) || observedAt > now.AddMinutes(5) || observedAt < now.AddHours(-24))
        {
            Rejected++;
            return false;
        }

        tick = new PriceTick(Item(raw), Source(raw.Source), raw.Price, raw.Volume, UnixTime.ToMicroseconds(observedAt), UnixTime.ToMicroseconds(now));
        var key = (tick.Item, tick.Source, tick.ObservedAtMicroseconds);
        if (_seen.TryGetValue(key, out var known) && known == (tick.Price, tick.Volume))
        {
            Deduplicated++;
            return false;
        }

        _seen[key] = (tick.Price, tick.Volume);
        return true;
    }

    private static bool IsGood(in RawPrice raw) =>
        !string.IsNullOrWhiteSpace(raw.Name) && raw.Name.Length <= MaxNameLength && !string.IsNullOrEmpty(raw.Category)
        && raw.Price is > 0 and < TooLarge && raw.Price.Scale <= MaxDecimals && raw.Volume is null or (>= 0 and < TooLarge);

    private ItemId Item(in RawPrice raw)
    {
        var key = new ItemKey(raw.Category, raw.Name);
        if (!_items.TryGetValue(key, out var id))
        {
            _items.Add(key, id = new ItemId(_items.Count + 1));
        }

        return id;
    }

    private SourceId Source(SourceDescriptor descriptor)
    {
        if (!_sources.TryGetValue(descriptor, out var id))
        {
            _sources.Add(descriptor, id = new SourceId(_sources.Count + 1));
        }

        return id;
    }
}
