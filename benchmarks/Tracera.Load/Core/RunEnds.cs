using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tracera.Load;

/// <summary>A run log that also says when the run of a provider has ended, so that whoever starts the next one neither polls nor guesses.</summary>
internal sealed class RunEnds(IRunLog log, IEnumerable<string> providers) : IRunLog
{
    private readonly ConcurrentDictionary<RunId, IReadOnlyList<string>> _running = new();
    private readonly Dictionary<string, Channel<RunState>> _ends = providers.ToDictionary(provider => provider, _ => Channel.CreateBounded<RunState>(1));

    /// <summary>Waits for the end of the run of a provider that was started last.</summary>
    public ValueTask<RunState> WhenEndedAsync(string provider, CancellationToken cancellationToken) => _ends[provider].Reader.ReadAsync(cancellationToken);

    public ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        _running[run.Id] = [.. run.Providers.Select(row => row.Provider)];
        return log.StartAsync(run, leaseUntil, cancellationToken);
    }

    public async ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        var isFinished = await log.FinishAsync(runId, owner, state, error, finishedAt, cancellationToken);
        foreach (var provider in _running.TryRemove(runId, out var ended) ? ended : [])
        {
            _ends[provider].Writer.TryWrite(state);
        }

        return isFinished;
    }

    public ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken) =>
        log.UpdateAsync(runId, owner, row, cancellationToken);

    public ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) =>
        log.HeartbeatAsync(owner, leaseUntil, cancellationToken);

    public ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) =>
        log.FailAbandonedAsync(owner, now, cancellationToken);

    public ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) => log.FindAsync(runId, cancellationToken);

    public ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken) => log.ListAsync(query, cancellationToken);
}
