using Tracera.Redis.Tests.Hosting;

namespace Tracera.Redis.Tests.Ticks;

/// <summary>Notes how often the latest tick of a series went backwards for one observer.</summary>
internal sealed class LatestWatch
{
    private readonly Dictionary<SeriesKey, PriceTick> _seen = [];

    /// <summary>How often a series went backwards.</summary>
    public int Backwards { get; private set; }

    /// <summary>How often a series had moved on.</summary>
    public int Moved { get; private set; }

    /// <summary>The latest ticks that were seen, ordered by item and source.</summary>
    public IEnumerable<PriceTick> Latest => _seen.Values.OrderBy(tick => tick.Item).ThenBy(tick => tick.Source);

    public void See(ReadOnlySpan<PriceTick> ticks)
    {
        foreach (ref readonly var tick in ticks)
        {
            if (!_seen.TryGetValue(tick.Series, out var known) || tick.IsNewerThan(known))
            {
                Moved++;
                _seen[tick.Series] = tick;
            }
            else if (known.IsNewerThan(tick))
            {
                Backwards++;
            }
        }
    }

    /// <summary>Reads every item over and over until the writing has ended, and once more.</summary>
    public async Task PollAsync(ISnapshotReader reader, IReadOnlyList<ItemId> items, Task writing)
    {
        for (var isLast = false; !isLast;)
        {
            isLast = writing.IsCompleted;
            foreach (var part in items.Chunk(100))
            {
                See((await reader.ReadPricesAsync(part, RedisHost.Token)).Prices.ToArray());
            }
        }
    }

    /// <summary>Follows the updates, each of which must be newer than the one before of its series, until an item comes that marks the end.</summary>
    public async Task FollowAsync(IUpdateSubscription updates, ItemId end)
    {
        await foreach (var update in updates.ReadAsync(RedisHost.Token))
        {
            Assert.False(update.Gap);
            if (update.Prices.ToArray() is [{ Item: var item }] && item == end)
            {
                break;
            }

            var before = Moved;
            See(update.Prices.Span);
            Assert.Equal(before + update.Prices.Length, Moved);
        }
    }
}
