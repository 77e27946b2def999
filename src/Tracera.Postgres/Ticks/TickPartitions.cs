using System.Collections.Concurrent;

namespace Tracera.Postgres;

/// <summary>Makes the daily partitions of a plain store before ticks need them, and remembers which there are.</summary>
internal sealed class TickPartitions(PostgresDatabase database)
{
    private const int MinutesPerDay = 24 * 60;
    private readonly ConcurrentDictionary<int, bool> _known = new();
    private readonly string _ensure = database.Sql("SELECT {schema}.ensure_tick_partitions(day, day) FROM unnest($1) AS day");

    public async Task EnsureMinutesAsync(IReadOnlyCollection<int> minutes, CancellationToken cancellationToken)
    {
        if (database.Kind == StoreKind.Plain && !minutes.All(minute => _known.ContainsKey(DayOf(minute))))
        {
            await EnsureAsync(minutes.Select(DayOf), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Makes the partitions of days, given since 1970-01-01 UTC.</summary>
    public async Task EnsureAsync(IEnumerable<int> days, CancellationToken cancellationToken)
    {
        int[] wanted = [.. days.Distinct().Order()];
        var instants = Array.ConvertAll(wanted, day => DateTime.UnixEpoch.AddDays(day));
        await database.ExecuteAsync(_ensure, cancellationToken, instants).ConfigureAwait(false);
        foreach (var day in wanted)
        {
            _known[day] = true;
        }
    }

    /// <summary>Forgets what is known, since retention may have dropped a partition.</summary>
    public void Forget() => _known.Clear();

    private static int DayOf(int minute) => (int)Math.Floor((double)minute / MinutesPerDay);
}
