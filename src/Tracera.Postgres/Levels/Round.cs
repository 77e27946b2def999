using Microsoft.Extensions.Logging;

namespace Tracera.Postgres;

/// <summary>Does something again and again, tells once when it fails and once when it works again.</summary>
internal sealed class Round(
    Func<CancellationToken, Task> run, Action<ILogger, Exception> failed, Action<ILogger, int> works, TimeProvider time, ILogger logger)
{
    private int _failures;

    /// <summary>Runs until it is cancelled.</summary>
    /// <param name="database">Waited for before the first round.</param>
    /// <param name="interval">The time from one round to the next.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RepeatAsync(PostgresDatabase database, TimeSpan interval, CancellationToken cancellationToken)
    {
        await database.Ready.WaitAsync(cancellationToken).ConfigureAwait(false);
        using var timer = new PeriodicTimer(interval, time);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await OnceAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task OnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await run(cancellationToken).ConfigureAwait(false);
            if (_failures > 0)
            {
                works(logger, _failures);
                _failures = 0;
            }
        }
        catch (Exception fault) when (PostgresFaults.IsFault(fault))
        {
            if (_failures++ == 0)
            {
                failed(logger, fault);
            }
        }
    }
}
