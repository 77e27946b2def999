using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Postgres;

/// <summary>Looks after partitions and retention from time to time; what two hosts do at the same time does no harm.</summary>
internal sealed class StoreKeeper : ITraceraComponent, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly PostgresDatabase _database;
    private readonly TimeSpan _interval;
    private readonly Round _round;
    private Task _loop = Task.CompletedTask;

    public StoreKeeper(
        PostgresDatabase database, RetentionPass retention, IOptions<PostgresOptions> options, TimeProvider time, ILogger<StoreKeeper> logger)
    {
        (_database, _interval) = (database, options.Value.MaintenanceInterval);
        _round = new Round(retention.RunAsync, LevelLog.RoundFailed, LevelLog.RoundsWork, time, logger);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(() => _round.RepeatAsync(_database, _interval, _stopping.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stopping.Dispose();
}
