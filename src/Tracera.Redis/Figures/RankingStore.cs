using System.Globalization;
using StackExchange.Redis;

namespace Tracera.Redis;

/// <summary>The rankings: sorted sets of items by their score, one a window and source and one a window over all sources. Thread-safe.</summary>
internal sealed class RankingStore(RedisConnection connection, RedisLayout layout)
{
    /// <summary>Puts an item into a ranking, or takes it out when it has no score.</summary>
    public sealed record Place(Window Window, SourceId? Source, ItemId Item, double? Score);

    public async Task PutAsync(IEnumerable<Place> places, CancellationToken cancellationToken)
    {
        var calls = places.GroupBy(place => (place.Window, place.Source)).SelectMany(group =>
        {
            var key = layout.Ranking(group.Key.Window, group.Key.Source);
            var scored = group.Where(place => place.Score is not null).Select(place => new SortedSetEntry(Member(place.Item), place.Score!.Value)).ToArray();
            var unscored = group.Where(place => place.Score is null).Select(place => Member(place.Item)).ToArray();
            return new[]
            {
                scored.Length == 0 ? Task.CompletedTask : connection.AskAsync(connection.Database.SortedSetAddAsync(key, scored), cancellationToken),
                unscored.Length == 0 ? Task.CompletedTask : connection.AskAsync(connection.Database.SortedSetRemoveAsync(key, unscored), cancellationToken),
            };
        });
        await Task.WhenAll([.. calls]).ConfigureAwait(false);
    }

    /// <summary>The items in the first places; of those with equal scores, the ones with smaller ids.</summary>
    public async Task<List<ItemId>> FirstAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        var (key, database) = (layout.Ranking(query.Window, query.Source), connection.Database);
        var order = query.Ascending ? Order.Ascending : Order.Descending;
        var first = await connection.AskAsync(
            database.SortedSetRangeByRankWithScoresAsync(key, 0, query.Limit - 1, order), cancellationToken).ConfigureAwait(false);
        if (query.Ascending || first.Length < query.Limit)
        {
            return [.. first.Select(entry => Item(entry.Element))];
        }

        // Downwards, Redis gives the larger of equal ones first: those in the last place are asked for again the other way round.
        var last = first[^1].Score;
        var above = first.TakeWhile(entry => entry.Score > last).Select(entry => Item(entry.Element)).ToList();
        var equal = await connection.AskAsync(
            database.SortedSetRangeByScoreAsync(key, last, last, Exclude.None, Order.Ascending, 0, query.Limit - above.Count), cancellationToken).ConfigureAwait(false);
        return [.. above, .. equal.Select(Item)];
    }

    /// <summary>All items of a ranking.</summary>
    public async Task<List<ItemId>> AllAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        var members = connection.Database.SortedSetRangeByRankAsync(layout.Ranking(query.Window, query.Source));
        return [.. (await connection.AskAsync(members, cancellationToken).ConfigureAwait(false)).Select(Item)];
    }

    // Of one length, so that members of equal scores stand in the order of their ids.
    private static RedisValue Member(ItemId item) => item.Value.ToString("D10", CultureInfo.InvariantCulture);

    private static ItemId Item(RedisValue member) =>
        new(int.TryParse((string?)member, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0);
}
