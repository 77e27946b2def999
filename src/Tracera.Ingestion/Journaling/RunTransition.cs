namespace Tracera.Ingestion;

/// <summary>One change of a run on its way into the store.</summary>
/// <param name="RunId">The run; the default for what concerns all runs.</param>
/// <param name="What">What changes, for logs.</param>
/// <param name="Apply">Tells the run log; false when the log refused because the run has ended or belongs to another.</param>
internal sealed record RunTransition(RunId RunId, string What, Func<IRunLog, CancellationToken, ValueTask<bool>> Apply)
{
    /// <summary>Ends when the change was applied, or was tried in vain for the first time.</summary>
    public TaskCompletionSource Tried { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
