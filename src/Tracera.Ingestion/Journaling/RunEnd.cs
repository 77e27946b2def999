namespace Tracera.Ingestion;

/// <summary>A run has ended; it failed where there is an error.</summary>
internal sealed class RunEnd(RunId runId, string owner, string? error, DateTimeOffset at) : RunTransition(runId)
{
    protected override string What => "the end";

    public override ValueTask<bool> ApplyAsync(IRunLog log, CancellationToken cancellationToken) =>
        log.FinishAsync(RunId, owner, error is null ? RunState.Completed : RunState.Failed, error, at, cancellationToken);
}
