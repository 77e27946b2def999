namespace Tracera.Ingestion;

/// <summary>One change of a run on its way into the store.</summary>
/// <param name="runId">The run; the default for what concerns all runs.</param>
internal abstract class RunTransition(RunId runId)
{
    /// <summary>The run; the default for what concerns all runs.</summary>
    public RunId RunId { get; } = runId;

    /// <summary>What changes, and of which run where it is of one; for logs.</summary>
    public string Named => RunId == default ? What : $"{What} of run {RunId}";

    /// <summary>What changes.</summary>
    protected abstract string What { get; }

    /// <summary>Tells the run log.</summary>
    /// <returns>False when the log refused, because the run has ended or belongs to another.</returns>
    public abstract ValueTask<bool> ApplyAsync(IRunLog log, CancellationToken cancellationToken);

    /// <summary>The change was applied, or was tried in vain; told once or more.</summary>
    public virtual void NoteTried()
    {
    }
}
