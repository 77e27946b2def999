namespace Tracera.Load;

/// <summary>A null run log, which keeps nothing and says when the run of a provider has ended, so that whoever starts the next one neither polls nor guesses.</summary>
/// <remarks>It is called by the journal alone, one change after the other, and allocates nothing: what a run costs is the pipeline's.</remarks>
internal sealed class RunEnds(IEnumerable<string> providers) : IRunLog
{
    private readonly Dictionary<string, RunEnd> _ends = providers.ToDictionary(provider => provider, _ => new RunEnd());

    /// <summary>Waits for the end of the run of a provider that was started last, once for each run.</summary>
    public ValueTask<RunState> WhenEndedAsync(string provider) => _ends[provider].WaitAsync();

    public ValueTask StartAsync(RunRecord run, DateTimeOffset leaseUntil, CancellationToken cancellationToken)
    {
        for (var at = 0; at < run.Providers.Count; at++)
        {
            _ends[run.Providers[at].Provider].RunId = run.Id;
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> FinishAsync(
        RunId runId, string owner, RunState state, string? error, DateTimeOffset finishedAt, CancellationToken cancellationToken)
    {
        var isKnown = false;
        foreach (var end in _ends.Values)
        {
            if (end.RunId == runId)
            {
                end.Set(state);
                isKnown = true;
            }
        }

        return new(isKnown);
    }

    public ValueTask<bool> UpdateAsync(RunId runId, string owner, ProviderRunRecord row, CancellationToken cancellationToken) => new(_ends[row.Provider].RunId == runId);

    public ValueTask HeartbeatAsync(string owner, DateTimeOffset leaseUntil, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<RunId>> FailAbandonedAsync(string owner, DateTimeOffset now, CancellationToken cancellationToken) => new([]);

    public ValueTask<RunRecord?> FindAsync(RunId runId, CancellationToken cancellationToken) => new((RunRecord?)null);

    public ValueTask<Page<RunRecord>> ListAsync(RunQuery query, CancellationToken cancellationToken) => new(new Page<RunRecord>([], null));
}
