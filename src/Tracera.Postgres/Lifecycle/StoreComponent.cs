using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Tracera.Postgres;

/// <summary>Opens the store in the background, again and again while the server is away, and says once what is in the way.</summary>
internal sealed class StoreComponent(
    PostgresDatabase database,
    SchemaMigrator migrator,
    IOptions<PostgresOptions> options,
    TimeProvider time,
    ILogger<StoreComponent> logger) : ITraceraComponent, IDisposable
{
    // A server that is there answers at once, and the parts that follow find the store open; one that is away does not hold up the start.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly CancellationTokenSource _stopping = new();
    private Task _opening = Task.CompletedTask;
    private string? _told;

    /// <summary>Ends when the first attempt has ended, either way.</summary>
    public Task FirstAttempt { get; private set; } = Task.CompletedTask;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var first = TryOpenAsync(_stopping.Token);
        FirstAttempt = first;
        await ((Task)first).WaitAsync(Patience, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        _opening = KeepTryingAsync(first, _stopping.Token);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _opening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (database.IsReady)
        {
            StoreLog.Closed(logger, database.Schema);
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task KeepTryingAsync(Task<bool> attempt, CancellationToken cancellationToken)
    {
        while (!await attempt.ConfigureAwait(false))
        {
            await Task.Delay(options.Value.RetryInterval, time, cancellationToken).ConfigureAwait(false);
            attempt = TryOpenAsync(cancellationToken);
        }
    }

    private async Task<bool> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var kind = await migrator.RunAsync(cancellationToken).ConfigureAwait(false);
            database.Open(kind);
            StoreLog.Opened(logger, database.Schema, kind);
            return true;
        }
        catch (Exception fault) when (PostgresFaults.IsFault(fault))
        {
            database.Refuse(fault);
            Tell(fault);
            return false;
        }
    }

    private void Tell(Exception fault)
    {
        if (_told == fault.Message)
        {
            return;
        }

        _told = fault.Message;
        if (PostgresFaults.KindOf(fault) == SinkFailure.Transient)
        {
            StoreLog.Away(logger, fault, options.Value.RetryInterval);
        }
        else
        {
            StoreLog.Misfit(logger, fault, options.Value.RetryInterval);
        }
    }
}
