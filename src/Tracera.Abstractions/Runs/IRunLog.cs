namespace Tracera;

/// <summary>Keeps the runs in the store.</summary>
/// <remarks>
/// Thread-safe. Changes are fenced by the run's owner and happen once: a change of a run that has ended, or that another owner has, does nothing
/// and answers false. Calls may be repeated after an error: each is idempotent.
/// </remarks>
public interface IRunLog
{
    /// <summary>Records a run that begins, with its providers' rows, all Running.</summary>
    /// <param name="run">The run.</param>
    /// <param name="leaseUntil">It counts as abandoned if no heartbeat moves this instant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when the run is durable.</returns>
    ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>Replaces a provider's row in a running run: its counts so far, or its end.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">Who says so.</param>
    /// <param name="row">The row.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether the row was replaced.</returns>
    ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken);

    /// <summary>Ends a running run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="owner">Who says so.</param>
    /// <param name="state">Completed or Failed.</param>
    /// <param name="error">What failed; null when nothing did.</param>
    /// <param name="finishedAt">When it ended.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether this call ended it.</returns>
    ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken);

    /// <summary>Moves the lease of an owner's running runs.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="leaseUntil">The new instant.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that ends when it is recorded.</returns>
    ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken);

    /// <summary>Ends as Failed (abandoned) every running run, and its running rows, whose lease is over or whose owner is known to be dead.</summary>
    /// <param name="owner">Who asks; its own runs are left alone.</param>
    /// <param name="now">The present.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The runs that were ended.</returns>
    ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Reads one run.</summary>
    /// <param name="runId">Its id.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The run, or null.</returns>
    ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken);

    /// <summary>Lists runs, newest first.</summary>
    /// <param name="query">Which.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A page.</returns>
    ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken);
}
