using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Sqlite;

/// <summary>Opens the store at start, looks after it, and closes it last.</summary>
internal sealed class StoreComponent(
    SqliteDatabase database,
    RetentionPass retention,
    StoreFiles files,
    IOptions<SqliteOptions> options,
    TimeProvider time,
    ILogger<StoreComponent> logger) : ITraceraComponent, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _loop = Task.CompletedTask;
    private int _failures;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var version = await database.OpenAsync(cancellationToken).ConfigureAwait(false);
        StoreLog.Opened(logger, files.Database, files.TotalBytes, version == 0);
        _loop = LoopAsync(_stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        var wasOpen = database.IsOpen;
        await database.CloseAsync().ConfigureAwait(false);
        if (wasOpen)
        {
            StoreLog.Closed(logger, files.Database);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task LoopAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Value.MaintenanceInterval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await retention.RunAsync(cancellationToken).ConfigureAwait(false);
                NoteSuccess();
            }
            catch (Exception fault) when (fault is SqliteException or IOException)
            {
                NoteFailure(fault);
            }
        }
    }

    private void NoteSuccess()
    {
        if (_failures > 0)
        {
            RetentionLog.RoundsWork(logger, _failures);
            _failures = 0;
        }
    }

    private void NoteFailure(Exception fault)
    {
        if (_failures++ == 0)
        {
            RetentionLog.RoundFailed(logger, fault);
        }
    }
}
