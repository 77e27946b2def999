using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tracera.Volatility.Telemetry;

namespace Tracera.Volatility.Cache;

/// <summary>Keeps figures in this process: readers never wait, writers take turns.</summary>
/// <remarks>A series whose windows have all become empty is let go of. New series beyond <see cref="VolatilityOptions.MaxSeries"/> are refused and counted.</remarks>
internal sealed class InProcessVolatilityCache : IVolatilityCache
{
    private readonly Lock _writing = new();
    private readonly int _maxSeries;
    private readonly FigureTable _table;
    private readonly RankingBoard _rankings;
    private readonly VolatilityMeter _meter;
    private readonly ILogger _logger;
    private bool _isFull;

    public InProcessVolatilityCache(IOptions<VolatilityOptions> options, VolatilityMeter meter, ILogger<InProcessVolatilityCache> logger)
    {
        _maxSeries = options.Value.MaxSeries;
        _table = new FigureTable(_maxSeries);
        _rankings = new RankingBoard(_table);
        (_meter, _logger) = (meter, logger);
    }

    public ValueTask StoreAsync(IReadOnlyList<VolatilitySnapshot> snapshots, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        lock (_writing)
        {
            NoteRefused(Put(snapshots));
        }

        foreach (var window in snapshots.Select(snapshot => snapshot.Window).Distinct())
        {
            _rankings.Changed(window);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> GetAsync(IReadOnlyList<ItemId> items, Window? window, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(items);
        var found = new List<VolatilitySnapshot>();
        foreach (var source in items.Distinct().Order().SelectMany(_table.Of))
        {
            foreach (var candidate in Window.All)
            {
                if ((window is null || window == candidate) && source[candidate] is { } snapshot)
                {
                    found.Add(snapshot);
                }
            }
        }

        return ValueTask.FromResult<IReadOnlyList<VolatilitySnapshot>>(found);
    }

    public ValueTask<IReadOnlyList<VolatilitySnapshot>> RankAsync(RankingQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentException.ThrowIfNullOrEmpty(query.Field);
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1);
        return ValueTask.FromResult(_rankings.Read(query));
    }

    private int Put(IReadOnlyList<VolatilitySnapshot> snapshots)
    {
        var refused = 0;
        foreach (var snapshot in snapshots)
        {
            if (_table.FindOrAdd(snapshot.Series) is { } series)
            {
                series.Put(snapshot);
            }
            else
            {
                refused++;
            }
        }

        foreach (var snapshot in snapshots)
        {
            if (snapshot.Count == 0)
            {
                _table.RemoveIfEmpty(snapshot.Series);
            }
        }

        return refused;
    }

    private void NoteRefused(int refused)
    {
        _meter.CacheRefused(refused);
        if (refused > 0 && !_isFull)
        {
            CacheLog.Full(_logger, _maxSeries);
        }

        _isFull = refused > 0 || (_isFull && !_table.HasRoom);
    }
}
