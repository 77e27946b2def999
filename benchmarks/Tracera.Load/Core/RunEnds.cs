using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tracera.Load;

/// <summary>A null run log, which keeps nothing and says when the run of a provider has ended, so that whoever starts the next one neither polls nor guesses.</summary>
internal sealed class RunEnds(IEnumerable<string> providers) : IRunLog
{
    private readonly ConcurrentDictionary<RunId, IReadOnlyList<ProviderRunRecord>> _running = new();
    private readonly Dictionary<string, Channel<RunState>> _ends = providers.ToDictionary(provider => provider, _ => Channel.CreateBounded<RunState>(1));

    /// <summary>Waits for the end of the run of a provider that was started last.</summary>
    public ValueTask<RunState> WhenEndedAsync(string provider, CancellationToken cancellationToken) => _ends[provider].Reader.ReadAsync(cancellationToken);

    public ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        _running[run.Id] = run.Providers;
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        if (!_running.TryRemove(runId, out var rows))
        {
            return new(false);
        }

        for (var at = 0; at < rows.Count; at++)
        {
            _ends[rows[at].Provider].Writer.TryWrite(state);
        }

        return new(true);
    }

    public ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken) => new(_running.ContainsKey(runId));

    public ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) => new([]);

    public ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) => new((RunRecord?)null);

    public ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken) => new(new Page<RunRecord>([], null));
}
